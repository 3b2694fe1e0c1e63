import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { collections, take } from '../../api/client.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { ObjectionActs, ObjectionState, ObjectionWords } from './objection-bits.tsx';
import { PortfolioTabs } from './tabs.tsx';
import type { ObjectionView } from './wire.ts';

const STATES = ['open', 'untold', 'upheld', 'rejected', 'withdrawn'] as const;
type Choice = (typeof STATES)[number];

function useColumns(): Column<ObjectionView>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'case',
      title: t('cases.column.case'),
      onCard: 'head',
      render: ({ caseId }) => <Link to={`/cases/${encodeURIComponent(caseId)}`}>{caseId}</Link>,
    },
    { key: 'kind', title: t('portfolio.objection.what'), onCard: 'head', render: ({ kind }) => t(`portfolio.objection.kind.${kind}`) },
    { key: 'words', title: t('portfolio.objection.disputed'), render: (row) => <ObjectionWords of={row} /> },
    { key: 'state', title: t('cases.column.state'), onCard: 'corner', render: (row) => <ObjectionState of={row} /> },
    { key: 'acts', title: t('portfolio.act'), render: (row) => <ObjectionActs of={row} /> },
  ];
}

/** Objections of all cases of the reader. */
export function ObjectionListPage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const choice = STATES.find((each) => each === search.get('state'));
  const columns = useColumns();
  const query = choice === undefined ? {} : choice === 'untold' ? { untold: true } : { state: choice };
  const pages = usePages(['objections', query], (cursor, signal) =>
    take(
      collections.GET('/v1/objections', { params: { query: { ...query, limit: 50, ...(cursor !== undefined && { cursor }) } }, signal }),
    ),
  );
  return (
    <>
      <PageHeader title={t('portfolio.tab.objections')} lead={t('portfolio.objection.lead')} />
      <PortfolioTabs />
      <div className="fb-row fb-list-filter">
        <Select
          className="fb-select"
          aria-label={t('cases.filter.state')}
          value={choice ?? ''}
          onChange={(value: Choice | '') => setSearch(value === '' ? {} : { state: value }, { replace: true })}
          options={[
            { value: '', label: t('common.all') },
            ...STATES.map((value) => ({
              value,
              label: value === 'untold' ? t('portfolio.objection.untold') : t(`portfolio.objection.state.${value}`),
            })),
          ]}
        />
      </div>
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('portfolio.tab.objections')}
            columns={columns}
            rows={pages.items}
            rowKey={({ id }) => id}
            isLoading={pages.isLoading}
            empty={{ title: t('portfolio.objection.none'), help: t('portfolio.objection.emptyHelp') }}
          />
          <MoreRows {...pages.more} />
        </>
      )}
    </>
  );
}
