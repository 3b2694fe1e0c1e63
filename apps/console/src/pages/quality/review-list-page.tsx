import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Choice } from '../../ui/choice.tsx';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePages } from '../../ui/use-pages.ts';
import { useAgencyName } from '../../ui/use-agency-name.ts';
import { listReviews, QUALITY, type Review } from './api.ts';
import { QualityTabs, useRecordingName } from './quality-bits.tsx';

const SHOWN = ['open', 'done'] as const;

function useColumns(): Column<Review>[] {
  const { t } = useTranslation();
  const nameOf = useAgencyName();
  const recordingName = useRecordingName();
  const at = (instant: string | null): ReactNode => (instant === null ? '–' : <Instant at={instant} timeZone={READER_ZONE} />);
  return [
    {
      key: 'case',
      title: t('quality.column.case'),
      onCard: 'head',
      render: (one) => <Link to={`/quality/reviews/${one.id}`}>{recordingName(one)}</Link>,
    },
    { key: 'position', title: t('quality.column.position'), render: ({ position }) => t(`quality.position.${position as 1}`) },
    {
      key: 'agency',
      title: t('quality.column.agency'),
      render: ({ agencyId }) => (agencyId === null ? t('quality.bank') : nameOf(agencyId)),
    },
    { key: 'recorded', title: t('quality.column.recordedAt'), render: ({ recordedAt }) => at(recordedAt) },
    { key: 'due', title: t('quality.column.dueAt'), render: ({ dueAt }) => at(dueAt) },
    {
      key: 'done',
      title: t('quality.column.result'),
      onCard: 'corner',
      render: ({ score, fatal }) => (score === null ? t('quality.toDo') : fatal ? t('quality.fatal') : t('quality.score', { score })),
    },
  ];
}

/** What I have to hear and mark. */
export function ReviewListPage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const shown = search.get('show') === 'done' ? 'done' : 'open';
  const columns = useColumns();
  const list = usePages([...QUALITY, 'reviews', shown], (cursor, signal) => listReviews(shown === 'done', cursor, signal));
  return (
    <>
      <PageHeader title={t('quality.tab.reviews')} lead={t('quality.reviewsLead')} />
      <QualityTabs />
      <Choice
        label={t('quality.showLabel')}
        value={shown}
        onChange={(value) => setSearch(value === 'done' ? { show: 'done' } : {}, { replace: true })}
        options={SHOWN.map((value) => ({ value, label: t(`task.state.${value}`) }))}
      />
      {list.error && <ProblemAlert error={list.error} onRetry={list.retry} />}
      {!list.error && (
        <DataTable
          label={t('quality.tab.reviews')}
          columns={columns}
          rows={list.items}
          rowKey={({ id }) => id}
          isLoading={list.isLoading}
          empty={{ title: t('quality.noReviews'), help: t('quality.noReviewsHelp') }}
        />
      )}
      <MoreRows {...list.more} />
    </>
  );
}
