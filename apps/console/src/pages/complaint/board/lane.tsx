import { Button, Skeleton } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../../ui/empty.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { listComplaints } from '../api.ts';
import { URGENCY, type Filters } from '../buckets.ts';
import type { DueBucket } from '../wire.ts';
import { ComplaintCard } from './complaint-card.tsx';

const PER_LANE = 10;
const PER_PAGE = 24;
const REFRESH_MS = 30_000;

export interface LaneProps {
  readonly bucket: DueBucket;
  readonly filters: Filters;
  /** As counted; null while it is not known. */
  readonly count: number | null;
  /** Alone on the page: its cards stand beside each other. */
  readonly isAlone: boolean;
}

/** The complaints of one bucket, read page by page, those due first at the top. */
export function Lane({ bucket, filters, count, isAlone }: LaneProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const limit = isAlone ? PER_PAGE : PER_LANE;
  const list = usePages(
    ['complaints', 'list', bucket, filters, limit],
    (cursor, signal) => listComplaints(bucket, filters, limit, cursor, signal),
    {
      refetchInterval: REFRESH_MS,
    },
  );
  const rest = count === null ? limit : Math.max(1, Math.min(limit, count - list.items.length));
  return (
    <section className={`fb-lane fb-lane-${URGENCY[bucket]}${isAlone ? ' fb-lane-alone' : ''}`} aria-labelledby={id}>
      <h2 id={id}>
        {t(`complaint.bucket.${bucket}`)} <span className="fb-lane-count">{count ?? '…'}</span>
      </h2>
      {list.error && <ProblemAlert error={list.error} onRetry={list.retry} />}
      {list.isLoading && <Skeleton active paragraph={{ rows: 4 }} />}
      {!list.isLoading && list.items.length === 0 && !list.error && isAlone && (
        <Empty title={t('complaint.board.emptyAll')} help={t('complaint.board.emptyHelp')} />
      )}
      {!list.isLoading && list.items.length === 0 && !list.error && !isAlone && (
        <p className="fb-soft">{t('complaint.board.emptyBucket')}</p>
      )}
      <ul className="fb-tickets">
        {list.items.map((complaint) => (
          <ComplaintCard key={complaint.id} complaint={complaint} />
        ))}
      </ul>
      {list.more.hasMore && (
        <Button block onClick={list.more.onMore} loading={list.more.isLoading}>
          {t('complaint.board.more', { count: rest })}
        </Button>
      )}
    </section>
  );
}
