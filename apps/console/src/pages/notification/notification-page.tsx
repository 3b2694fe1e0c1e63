import { Button, Segmented, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { MoreRows } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { listNotifications } from './api.ts';
import { NotificationList } from './notification-list.tsx';
import { useMarkRead } from './use-mark-read.ts';

const PER_PAGE = 30;
const REFRESH_MS = 30_000;
const SHOWN = ['unread', 'all'] as const;

/** Reminders and escalations for me or my role. */
export function NotificationPage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const shown = search.get('show') === 'all' ? 'all' : 'unread';
  const unread = shown === 'unread';
  const list = usePages(
    ['notifications', 'list', shown],
    (cursor, signal) => listNotifications({ unread, limit: PER_PAGE, cursor }, signal),
    {
      refetchInterval: REFRESH_MS,
    },
  );
  const mark = useMarkRead();
  const unreadIds = list.items.filter((item) => item.readAt === null).map((item) => item.id);
  return (
    <>
      <PageHeader
        title={t('notification.title')}
        lead={t('notification.lead')}
        actions={
          unreadIds.length > 0 ? (
            <Button onClick={() => mark.mutate(unreadIds)} loading={mark.isPending}>
              {t('notification.readAll')}
            </Button>
          ) : undefined
        }
      />
      <Segmented
        className="fb-notice-filter"
        aria-label={t('notification.title')}
        value={shown}
        options={SHOWN.map((value) => ({ value, label: t(`notification.${value}`) }))}
        onChange={(value) => setSearch(value === 'all' ? { show: 'all' } : {}, { replace: true })}
      />
      {mark.error && <ProblemAlert error={mark.error} />}
      {list.error && <ProblemAlert error={list.error} onRetry={list.retry} />}
      {list.isLoading && <Skeleton active paragraph={{ rows: 5 }} />}
      {!list.isLoading && !list.error && list.items.length === 0 && (
        <Empty title={t(`notification.empty.${shown}`)} help={t('notification.emptyHelp')} />
      )}
      {list.items.length > 0 && <NotificationList items={list.items} onRead={(ids) => mark.mutate(ids)} />}
      <MoreRows {...list.more} />
    </>
  );
}
