import { BellOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Badge, Button, Popover, Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { countUnread, listTold, type Source } from './api.ts';
import { NotificationList } from './notification-list.tsx';
import './notification.css';
import { useMarkRead } from './use-mark-read.ts';
import { useSources } from './use-sources.ts';

const POLL_MS = 30_000;
const LATEST = 5;
const MOST_SHOWN = 99;

/** The latest of each, in one order. */
async function listLatest(sources: readonly Source[], signal: AbortSignal) {
  const pages = await Promise.all(sources.map((source) => listTold(source, { unread: true, limit: LATEST, cursor: undefined }, signal)));
  const items = pages.flatMap((page) => page.items);
  return { items: items.toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt)).slice(0, LATEST) };
}

async function countAll(sources: readonly Source[], signal: AbortSignal): Promise<number> {
  const counts = await Promise.all(sources.map((source) => countUnread(source, signal)));
  return counts.reduce((sum, count) => sum + count, 0);
}

function Latest({ onGo }: { readonly onGo: () => void }): ReactNode {
  const { t } = useTranslation();
  const mark = useMarkRead();
  const sources = useSources();
  const latest = useQuery({
    queryKey: ['notifications', 'latest', sources],
    queryFn: ({ signal }) => listLatest(sources, signal),
  });
  return (
    <div className="fb-bell-box">
      {latest.error && <ProblemAlert error={latest.error} onRetry={() => void latest.refetch()} />}
      {latest.isPending && <Skeleton active paragraph={{ rows: 3 }} />}
      {latest.data?.items.length === 0 && <p className="fb-soft">{t('notification.empty.unread')}</p>}
      {latest.data && latest.data.items.length > 0 && <NotificationList items={latest.data.items} onRead={mark.mutate} onGo={onGo} />}
      <Link className="fb-bell-foot" to="/notifications" onClick={onGo}>
        {t('notification.seeAll')}
      </Link>
    </div>
  );
}

/** How many reminders and escalations are unread, and the latest of them. */
export function Bell(): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const sources = useSources();
  const { data: count = 0 } = useQuery({
    queryKey: ['notifications', 'unread-count', sources],
    queryFn: ({ signal }) => countAll(sources, signal),
    refetchInterval: POLL_MS,
    // What the bell cannot have it does without; the pages say what is wrong.
    retry: false,
  });
  const label = count === 0 ? t('notification.bellNone') : t('notification.bell', { count });
  return (
    <Popover
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger="click"
      placement="bottomRight"
      title={t('notification.latest')}
      content={isOpen ? <Latest onGo={() => setIsOpen(false)} /> : null}
    >
      <Button
        type="text"
        className="fb-bell"
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onKeyDown={(event) => event.key === 'Escape' && setIsOpen(false)}
        icon={
          <Badge count={count} overflowCount={MOST_SHOWN} size="small" offset={[8, -2]}>
            <BellOutlined aria-hidden />
          </Badge>
        }
      />
    </Popover>
  );
}
