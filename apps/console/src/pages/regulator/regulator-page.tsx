import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { may, useHasRole, useMay, useSession } from '../../session/session.ts';
import { DataTable, MoreRows } from '../../ui/data-table.tsx';
import { Field } from '../../ui/field.tsx';
import { Instant } from '../../ui/instant.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { useNow } from '../../ui/use-now.ts';
import { usePages, type Pages } from '../../ui/use-pages.ts';
import { todayIn } from '../complaint/dates.ts';
import { listSigned, registerOn, type Report } from './api.ts';
import { Reads } from './reads.tsx';
import './regulator.css';
import { Standing, Statistics } from './statistics.tsx';
import type { Service } from '../../api/service.ts';

const HOUR_MS = 3_600_000;
// Figures count the days of the institution's place.
const ZONE = 'Asia/Shanghai';

function useSigned(service: Service): Pages<Report> {
  const session = useSession();
  const enabled = may(session, `${service}.listReports`);
  return usePages(['reports', 'signed', service], (cursor, signal) => listSigned(service, cursor, signal), { enabled });
}

function Signed(): ReactNode {
  const { t } = useTranslation();
  const lists = [useSigned('collections'), useSigned('complaints')];
  const items = lists.flatMap((list) => list.items).toSorted((a, b) => (b.signedAt ?? '').localeCompare(a.signedAt ?? ''));
  return (
    <Section title={t('regulator.signed')} aside={<Link to="/reports">{t('regulator.allReports')}</Link>}>
      {lists.map(
        (list, at) => list.error && <ProblemAlert key={at === 0 ? 'collections' : 'complaints'} error={list.error} onRetry={list.retry} />,
      )}
      <DataTable
        label={t('regulator.signed')}
        rows={items}
        rowKey={({ id }) => id}
        isLoading={lists.some((list) => list.isLoading)}
        empty={{ title: t('regulator.noSigned'), help: t('regulator.noSignedHelp') }}
        columns={[
          {
            key: 'kind',
            title: t('regulator.report'),
            onCard: 'head',
            render: ({ kind, service, id }) => <Link to={`/reports/${service}/${id}`}>{t(`report.kindName.${kind}`)}</Link>,
          },
          { key: 'period', title: t('regulator.period'), render: ({ period }) => `${period.from} – ${period.to}` },
          { key: 'version', title: t('regulator.version'), align: 'end', render: ({ version }) => version },
          {
            key: 'signed',
            title: t('regulator.signedAt'),
            render: ({ signedAt }) => signedAt !== null && <Instant at={signedAt} timeZone={READER_ZONE} />,
          },
        ]}
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
  );
}

function RegisterOn({ today }: { readonly today: string }): ReactNode {
  const { t } = useTranslation();
  const [on, setOn] = useState(today);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['agency-register', on],
    queryFn: ({ signal }) => registerOn(on, signal),
    enabled: on !== '',
  });
  return (
    <Section title={t('regulator.register')}>
      <div className="fb-regulator-days">
        <Field label={t('regulator.on')}>
          {({ id }) => <MomentInput id={id} value={on} max={today} onChange={(day) => setOn(day ?? today)} />}
        </Field>
      </div>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!error && (
        <DataTable
          label={t('regulator.register')}
          rows={data?.items ?? []}
          rowKey={({ agencyId }) => agencyId}
          isLoading={isPending && on !== ''}
          empty={{ title: t('regulator.noAgencies') }}
          columns={[
            { key: 'name', title: t('regulator.agency'), onCard: 'head', render: ({ name, agencyId }) => `${name} (${agencyId})` },
            { key: 'state', title: t('regulator.state'), onCard: 'corner', render: ({ status }) => <Standing status={status} /> },
            {
              key: 'published',
              title: t('regulator.published'),
              render: ({ published }) => (published ? t('regulator.yes') : t('regulator.no')),
            },
            {
              key: 'since',
              title: t('regulator.since'),
              render: ({ since }) => (since === null ? '–' : <Instant at={since} timeZone={READER_ZONE} withRelative={false} />),
            },
          ]}
        />
      )}
    </Section>
  );
}

/** Where a regulator begins; and where the bank sees what a regulator looked at. */
export function RegulatorPage(): ReactNode {
  const { t } = useTranslation();
  const isRegulator = useHasRole('regulator');
  const mayCount = useMay('collections.findStatistics');
  const today = todayIn(ZONE, new Date(useNow(HOUR_MS)));
  return (
    <>
      <PageHeader title={t('regulator.title')} lead={isRegulator ? t('regulator.lead') : t('regulator.leadBank')} />
      {isRegulator && <Signed />}
      {mayCount && <Statistics key={`statistics ${today}`} today={today} />}
      {mayCount && <RegisterOn key={`register ${today}`} today={today} />}
      <Reads title={isRegulator ? t('regulator.reads') : t('regulator.readsBank')} />
    </>
  );
}
