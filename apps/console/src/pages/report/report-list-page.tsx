import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { may, useSession } from '../../session/session.ts';
import { Choice } from '../../ui/choice.tsx';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { READER_ZONE } from '../../ui/time.ts';
import { useNow } from '../../ui/use-now.ts';
import { todayIn } from '../complaint/dates.ts';
import { listReports, type Report } from './api.ts';
import { CreateForm } from './create-form.tsx';
import { Failed } from './failed.tsx';
import './report.css';
import { ReportState } from './report-state.tsx';
import { ReportTabs } from './tabs.tsx';
import { useBoth } from './use-both.ts';
import { SERVICES } from '../../api/service.ts';

const HOUR_MS = 3_600_000;
// Reports count the days of the institution's place.
const REPORT_ZONE = 'Asia/Shanghai';

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
      render: ({ period, origin, audience }) => (
        <>
          {period.from} – {period.to} {origin !== 'request' && <span className="fb-monthly">{t(`report.origin.${origin}`)}</span>}{' '}
          {audience === 'public' && <span className="fb-monthly">{t('report.audience.public')}</span>}
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

const SHOWN = ['draft', 'signed', 'done', 'failed'] as const;
type ShownState = (typeof SHOWN)[number];
const isShownState = (value: string | null): value is ShownState => SHOWN.some((state) => state === value);

/** Says that somebody waits for a signature, to whoever may give it. */
function ToSign(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const maySign = SERVICES.some((service) => may(session, `${service}.signReport`));
  const drafts = useBoth('listReports', ['draft'], (service, cursor, signal) => listReports(service, { state: 'draft' }, cursor, signal));
  if (!maySign || drafts.items.length === 0) return null;
  const count = `${drafts.items.length}${drafts.more.hasMore ? '+' : ''}`;
  return (
    <Alert
      className="fb-problem"
      type="info"
      showIcon
      title={t('report.toSign', { count })}
      action={
        <LinkButton size="small" to="/reports?state=draft">
          {t('report.toSignOpen')}
        </LinkButton>
      }
    />
  );
}

/** The reports of both services, as far as the role may see them, and the form for another. */
export function ReportListPage(): ReactNode {
  const { t } = useTranslation();
  const columns = useColumns();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('state');
  const state = isShownState(asked) ? asked : null;
  const reports = useBoth('listReports', [state], (service, cursor, signal) =>
    listReports(service, state === null ? {} : { state }, cursor, signal),
  );
  const today = todayIn(REPORT_ZONE, new Date(useNow(HOUR_MS)));
  return (
    <>
      <PageHeader title={t('report.title')} lead={t('report.lead')} />
      <ReportTabs />
      <ToSign />
      <CreateForm key={today} today={today} />
      <Failed of={reports} />
      <Section
        title={t('report.made')}
        aside={
          <Choice
            label={t('report.stateTitle')}
            value={state ?? 'all'}
            onChange={(value) =>
              setSearch(
                (before) => {
                  const after = new URLSearchParams(before);
                  if (value === 'all') after.delete('state');
                  else after.set('state', value);
                  return after;
                },
                { replace: true },
              )
            }
            options={[{ value: 'all', label: t('common.all') }, ...SHOWN.map((value) => ({ value, label: t(`report.state.${value}`) }))]}
          />
        }
      >
        <DataTable
          label={t('report.title')}
          columns={columns}
          rows={reports.items}
          rowKey={({ id }) => id}
          isLoading={reports.isLoading}
          empty={state === null ? { title: t('report.empty'), help: t('report.emptyHelp') } : { title: t(`report.emptyOf.${state}`) }}
        />
        <MoreRows {...reports.more} />
      </Section>
    </>
  );
}
