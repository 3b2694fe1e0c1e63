import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { may, useSession } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { READER_ZONE } from '../../ui/time.ts';
import { useNow } from '../../ui/use-now.ts';
import { usePages, type Pages } from '../../ui/use-pages.ts';
import { todayIn } from '../complaint/dates.ts';
import { listReports, type Report, type Service } from './api.ts';
import { CreateForm } from './create-form.tsx';
import './report.css';
import { ReportState } from './report-state.tsx';

const HOUR_MS = 3_600_000;
const REFRESH_MS = 5000;
// Reports count the days of the institution's place.
const REPORT_ZONE = 'Asia/Shanghai';

function useReports(service: Service): Pages<Report> {
  const session = useSession();
  const enabled = may(session, `${service}.listReports`);
  return usePages(['reports', 'list', service], (cursor, signal) => listReports(service, cursor, signal), {
    refetchInterval: REFRESH_MS,
    enabled,
  });
}

function useColumns(): Column<Report>[] {
  const { t } = useTranslation();
  const person = usePerson();
  return [
    {
      key: 'kind',
      title: t('report.kind'),
      onCard: 'head',
      render: ({ kind, service, id }) => <Link to={`/reports/${service}/${id}`}>{t(`report.kindName.${kind}`)}</Link>,
    },
    {
      key: 'period',
      title: t('report.period'),
      render: ({ period, origin }) => (
        <>
          {period.from} – {period.to} {origin === 'schedule' && <span className="fb-monthly">{t('report.monthly')}</span>}
        </>
      ),
    },
    { key: 'state', title: t('report.stateTitle'), onCard: 'corner', render: (report) => <ReportState report={report} /> },
    {
      key: 'formats',
      title: t('report.formats'),
      render: ({ formats }) => formats.map((format) => t(`report.format.${format}`)).join(t('common.listSeparator')),
    },
    {
      key: 'created',
      title: t('report.createdAt'),
      render: ({ createdAt, requestedBy, origin }) => (
        <>
          <Instant at={createdAt} timeZone={READER_ZONE} /> {origin === 'request' && <span className="fb-soft">{person(requestedBy)}</span>}
        </>
      ),
    },
  ];
}

/** The reports of both services, as far as the role may see them, and the form for another. */
export function ReportListPage(): ReactNode {
  const { t } = useTranslation();
  const columns = useColumns();
  const lists = [useReports('collections'), useReports('complaints')];
  const items = lists.flatMap((list) => list.items).toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const today = todayIn(REPORT_ZONE, new Date(useNow(HOUR_MS)));
  return (
    <>
      <PageHeader title={t('report.title')} lead={t('report.lead')} />
      <CreateForm key={today} today={today} />
      {lists.map(
        (list, index) =>
          list.error && <ProblemAlert key={index === 0 ? 'collections' : 'complaints'} error={list.error} onRetry={list.retry} />,
      )}
      <Section title={t('report.made')}>
        <DataTable
          label={t('report.title')}
          columns={columns}
          rows={items}
          rowKey={({ id }) => id}
          isLoading={lists.some((list) => list.isLoading)}
          empty={{ title: t('report.empty'), help: t('report.emptyHelp') }}
        />
        <MoreRows
          count={items.length}
          hasMore={lists.some((list) => list.more.hasMore)}
          isLoading={lists.some((list) => list.more.isLoading)}
          onMore={() => {
            for (const list of lists) if (list.more.hasMore) list.more.onMore();
          }}
        />
      </Section>
    </>
  );
}
