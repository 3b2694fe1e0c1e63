import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useMay } from '../../../session/session.ts';
import { LinkButton } from '../../../ui/link-button.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { HandlingTabs } from '../handling/tabs.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useNarrow } from '../../../ui/use-narrow.ts';
import { useNow } from '../../../ui/use-now.ts';
import { countComplaints } from '../api.ts';
import { BUCKETS, filtersOf, isBucket, withFilters } from '../buckets.ts';
import '../complaint.css';
import { todayIn } from '../dates.ts';
import type { DueBucket } from '../wire.ts';
import { BoardFilters } from '../supervision/board-filters.tsx';
import { Selectable } from '../supervision/selection.tsx';
import '../supervision/supervision.css';
import { BucketLinks } from './bucket-links.tsx';
import { DueChart } from './due-chart.tsx';
import { FilterBar } from './filters.tsx';
import { Lane } from './lane.tsx';

const REFRESH_MS = 30_000;
const HOUR_MS = 3_600_000;
// The board is read where the institution is; each complaint's own zone decides its bucket.
const BOARD_ZONE = 'Asia/Shanghai';

function Actions(): ReactNode {
  const { t } = useTranslation();
  const mayRegister = useMay('complaints.registerComplaint');
  const mayImport = useMay('complaints.createImport');
  return (
    <>
      {mayImport && <LinkButton to="import">{t('complaint.board.import')}</LinkButton>}
      {mayRegister && (
        <LinkButton to="new" type="primary">
          {t('complaint.board.register')}
        </LinkButton>
      )}
    </>
  );
}

/** Every complaint by when it is due. */
export function BoardPage(): ReactNode {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const [search, setSearch] = useSearchParams();
  const filters = filtersOf(search);
  const asked = search.get('bucket');
  const counts = useQuery({
    queryKey: ['complaints', 'counts', filters],
    queryFn: ({ signal }) => countComplaints(filters, signal),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
  const countOf = (bucket: DueBucket): number | null =>
    counts.data ? (counts.data.buckets.find((one) => one.dueBucket === bucket)?.count ?? 0) : null;
  const firstFull = BUCKETS.find((bucket) => (countOf(bucket) ?? 0) > 0) ?? 'today';
  const chosen = isBucket(asked) ? asked : isNarrow ? firstFull : null;
  // Closed ones are looked up, not worked on: a lane of their own when they are asked for.
  const shown = chosen === null ? BUCKETS.filter((bucket) => bucket !== 'closed') : [chosen];
  const today = todayIn(BOARD_ZONE, new Date(useNow(HOUR_MS)));
  const open = counts.data ? counts.data.total - (countOf('closed') ?? 0) : null;
  const set = (next: typeof filters): void => setSearch(withFilters(search, next), { replace: true, preventScrollReset: true });
  const bar = (
    <>
      <FilterBar filters={filters} onChange={set} />
      <BoardFilters filters={filters} onChange={set} />
    </>
  );
  const chart = counts.data && (
    <div className="fb-section fb-due-chart">
      <DueChart days={counts.data.days} today={today} />
    </div>
  );
  return (
    <>
      <PageHeader
        title={t('complaint.board.title')}
        lead={t('complaint.board.lead')}
        aside={open === null ? undefined : <span className="fb-soft">{t('complaint.board.open', { count: open })}</span>}
        actions={<Actions />}
      />
      <HandlingTabs />
      {isNarrow ? (
        <details className="fb-board-fold">
          <summary>{t('complaint.board.filtersSet', { count: Object.keys(filters).length })}</summary>
          {bar}
        </details>
      ) : (
        bar
      )}
      {counts.error && <ProblemAlert error={counts.error} onRetry={() => void counts.refetch()} />}
      <BucketLinks chosen={chosen} countOf={countOf} isAlways={isNarrow} />
      {!isNarrow && chart}
      <Selectable>
        <div className={chosen === null ? 'fb-lanes' : undefined}>
          {shown.map((bucket) => (
            <Lane key={bucket} bucket={bucket} filters={filters} count={countOf(bucket)} isAlone={chosen !== null} />
          ))}
        </div>
      </Selectable>
      {isNarrow && chart}
    </>
  );
}
