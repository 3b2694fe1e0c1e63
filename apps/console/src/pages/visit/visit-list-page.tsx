import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { collections, take } from '../../api/client.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { CaseLink } from '../worklist/work-bits.tsx';
import { VisitState, type VisitView } from './visit-state.tsx';

const PAGE_SIZE = 50;

/** Visits, the newest first. */
export function VisitListPage(): ReactNode {
  const { t } = useTranslation();
  const pages = usePages(['visits'], (cursor, signal) =>
    take(collections.GET('/v1/visits', { params: { query: { limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) } }, signal })),
  );
  const columns: Column<VisitView>[] = [
    {
      key: 'when',
      title: t('visit.plannedFor'),
      onCard: 'head',
      render: ({ id, plannedFor }) => (
        <Link to={`/visits/${id}`}>
          <Instant at={plannedFor} withRelative={false} />
        </Link>
      ),
    },
    { key: 'state', title: t('visit.stateTitle'), onCard: 'corner', render: (visit) => <VisitState visit={visit} /> },
    { key: 'case', title: t('worklist.case'), render: ({ caseId }) => <CaseLink caseId={caseId} /> },
    { key: 'who', title: t('visit.collectors'), render: ({ collectorIds }) => collectorIds.join(t('common.listSeparator')) },
    { key: 'photos', title: t('visit.photos'), align: 'end', render: ({ photos }) => photos.length },
  ];
  return (
    <>
      <PageHeader title={t('visit.title')} lead={t('visit.lead')} />
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('visit.title')}
            columns={columns}
            rows={pages.items}
            rowKey={({ id }) => id}
            isLoading={pages.isLoading}
            empty={{ title: t('visit.empty'), help: t('visit.emptyHelp') }}
          />
          <MoreRows {...pages.more} />
        </>
      )}
    </>
  );
}
