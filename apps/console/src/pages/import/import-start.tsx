import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';

export function ImportStartPage(): ReactNode {
  const { t } = useTranslation();
  return <PageHeader title={t('shell.nav.imports')} />;
}
