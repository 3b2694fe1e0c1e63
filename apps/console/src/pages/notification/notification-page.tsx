import { Button, Segmented, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { MoreRows } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { listTold } from './api.ts';
import { NotificationList } from './notification-list.tsx';
import { useMarkRead } from './use-mark-read.ts';
import { useSources } from './use-sources.ts';

const PER_PAGE = 30;
const REFRESH_MS = 30_000;
const SHOWN = ['unread', 'all'] as const;

/** Reminders and escalations for me or my role. */
export function NotificationPage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const shown = search.get('show') === 'all' ? 'all' : 'unread';
  const unread = shown === 'unread';
  const sources = useSources();
  const source = sources.find((each) => each === search.get('from')) ?? sources[0] ?? 'collections';
  const set = (name: string, value: string | null): void => {
    const next = new URLSearchParams(search);
    if (value === null) next.delete(name);
    else next.set(name, value);
    setSearch(next, { replace: true });
  };
  const list = usePages(
    ['notifications', 'list', source, shown],
    (cursor, signal) => listTold(source, { unread, limit: PER_PAGE, cursor }, signal),
    {
      refetchInterval: REFRESH_MS,
    },
  );
  const mark = useMarkRead();
  const unreadItems = list.items.filter((item) => item.readAt === null);
  return (
    <>
      <PageHeader
        title={t('notification.title')}
        lead={t('notification.lead')}
        actions={
          unreadItems.length > 0 ? (
            <Button onClick={() => mark.mutate(unreadItems)} loading={mark.isPending}>
              {t('notification.readAll')}
            </Button>
          ) : undefined
        }
      />
      {sources.length > 1 && (
        <Segmented
          className="fb-notice-filter fb-notice-source"
          aria-label={t('notification.sourceLabel')}
          value={source}
          options={sources.map((value) => ({ value, label: t(`notification.source.${value}`) }))}
          onChange={(value) => set('from', value === sources[0] ? null : value)}
        />
      )}
      <Segmented
        className="fb-notice-filter"
        aria-label={t('notification.title')}
        value={shown}
        options={SHOWN.map((value) => ({ value, label: t(`notification.${value}`) }))}
        onChange={(value) => set('show', value === 'all' ? 'all' : null)}
      />
      {mark.error && <ProblemAlert error={mark.error} />}
      {list.error && <ProblemAlert error={list.error} onRetry={list.retry} />}
      {list.isLoading && <Skeleton active paragraph={{ rows: 5 }} />}
      {!list.isLoading && !list.error && list.items.length === 0 && (
        <Empty title={t(`notification.empty.${shown}`)} help={t(`notification.emptyHelp.${source}`)} />
      )}
      {list.items.length > 0 && <NotificationList items={list.items} onRead={mark.mutate} />}
      <MoreRows {...list.more} />
    </>
  );
}
