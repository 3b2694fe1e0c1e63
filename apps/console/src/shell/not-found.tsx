import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageHeader } from '../ui/page-header.tsx';

/** An address that leads to no page. */
export function NotFound(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('shell.notFound.title')} lead={t('shell.notFound.help')} />
      <Link to="/">{t('shell.notFound.home')}</Link>
    </>
  );
}
