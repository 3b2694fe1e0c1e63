import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';

export function LookbackStartPage(): ReactNode {
  const { t } = useTranslation();
  return <PageHeader title={t('shell.nav.lookback')} />;
}
