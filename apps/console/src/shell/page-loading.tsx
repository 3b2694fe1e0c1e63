import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function PageLoading(): ReactNode {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('shell.loading')} className="fb-page-loading">
      <Skeleton active paragraph={{ rows: 6 }} />
    </div>
  );
}
