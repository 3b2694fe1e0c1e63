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
import { listResults, QUALITY, type Result } from './api.ts';
import { QualityTabs, ScoreTag, useRecordingName } from './quality-bits.tsx';

const SHOWN = ['all', 'failed', 'passed'] as const;
const PASSED = { all: undefined, failed: false, passed: true } as const;

function useColumns(): Column<Result>[] {
  const { t } = useTranslation();
  const nameOf = useAgencyName();
  const recordingName = useRecordingName();
  return [
    {
      key: 'case',
      title: t('quality.column.case'),
      onCard: 'head',
      render: (one) => <Link to={`/quality/results/${one.id}`}>{recordingName(one)}</Link>,
    },
    { key: 'score', title: t('quality.column.result'), onCard: 'corner', render: (result) => <ScoreTag result={result} /> },
    {
      key: 'agency',
      title: t('quality.column.agency'),
      render: ({ agencyId }) => (agencyId === null ? t('quality.bank') : nameOf(agencyId)),
    },
    { key: 'collector', title: t('quality.column.collector'), render: ({ collectorIds }) => collectorIds.join(t('common.listSeparator')) },
    {
      key: 'recorded',
      title: t('quality.column.recordedAt'),
      render: ({ recordedAt }) => <Instant at={recordedAt} timeZone={READER_ZONE} withRelative={false} />,
    },
    { key: 'state', title: t('quality.column.state'), render: ({ state }) => t(`quality.state.${state}`) },
  ];
}

/** What came of the reviews. */
export function ResultListPage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const shown = SHOWN.find((each) => each === search.get('show')) ?? 'all';
  const columns = useColumns();
  const list = usePages([...QUALITY, 'results', shown], (cursor, signal) => listResults(PASSED[shown], cursor, signal));
  return (
    <>
      <PageHeader title={t('quality.title')} lead={t('quality.lead')} />
      <QualityTabs />
      <Choice
        label={t('quality.showLabel')}
        value={shown}
        onChange={(value) => setSearch(value === 'all' ? {} : { show: value }, { replace: true })}
        options={SHOWN.map((value) => ({ value, label: t(`quality.show.${value}`) }))}
      />
      {list.error && <ProblemAlert error={list.error} onRetry={list.retry} />}
      {!list.error && (
        <DataTable
          label={t('quality.title')}
          columns={columns}
          rows={list.items}
          rowKey={({ id }) => id}
          isLoading={list.isLoading}
          empty={{ title: t('quality.empty'), help: t('quality.emptyHelp') }}
        />
      )}
      <MoreRows {...list.more} />
    </>
  );
}
