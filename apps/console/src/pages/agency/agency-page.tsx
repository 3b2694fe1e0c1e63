import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { AgencyView } from '../../api/models.ts';
import { useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Masked } from '../../ui/masked.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { Contract, Evaluated, isWarning, StandingTag } from './agency-bits.tsx';
import { AgencyOversight } from '../oversight/agency-oversight.tsx';
import { agencyQuery } from './api.ts';
import { SetStanding } from './set-standing.tsx';

type Staff = AgencyView['staff'][number];

interface FoundProps {
  readonly found: AgencyView;
}

function Standing({ found }: FoundProps): ReactNode {
  const { t } = useTranslation();
  const { reasons } = found.standing;
  const parts = [
    { says: t('agency.page.standingBad'), reasons: reasons.filter((reason) => !isWarning(reason)) },
    { says: t('agency.page.standingWarn'), reasons: reasons.filter(isWarning) },
  ].filter((part) => part.reasons.length > 0);
  return (
    <Section title={t('agency.page.standing')} aside={<StandingTag standing={found.standing} />}>
      {found.standing.good && <p className="fb-first">{t('agency.page.standingGood')}</p>}
      {parts.map((part) => (
        <div key={part.says}>
          <p className="fb-first">{part.says}</p>
          <ul className="fb-bullets">
            {part.reasons.map((reason) => (
              <li key={reason}>{t(`agency.reason.${reason}`)}</li>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}

function About({ found }: FoundProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Section title={t('agency.page.about')}>
      <Facts
        items={[
          { label: t('agency.page.id'), value: found.agencyId },
          { label: t('agency.column.status'), value: t(`agency.status.${found.status}`) },
          { label: t('agency.page.licence'), value: found.licence ?? t('common.none') },
          {
            label: t('agency.page.published'),
            value: found.published ? t('agency.page.isPublished') : t('agency.page.isNotPublished'),
          },
          { label: t('agency.column.contract'), value: <Contract contract={found.contract} /> },
          { label: t('agency.column.evaluated'), value: <Evaluated on={found.lastEvaluatedOn} /> },
          { label: t('agency.page.phone'), value: found.phone ?? t('common.none') },
          { label: t('agency.page.address'), value: found.address ?? t('common.none') },
        ]}
      />
    </Section>
  );
}

function StaffState({ staff }: { readonly staff: Staff }): ReactNode {
  const { t } = useTranslation();
  if (!staff.active) return <StateTag tone="quiet">{t('agency.page.left')}</StateTag>;
  return staff.fit ? <StateTag tone="good">{t('agency.page.fit')}</StateTag> : <StateTag tone="bad">{t('agency.page.unfit')}</StateTag>;
}

function StaffSection({ found }: FoundProps): ReactNode {
  const { t } = useTranslation();
  const columns: Column<Staff>[] = [
    { key: 'id', title: t('agency.page.collector'), onCard: 'head', render: ({ collectorId }) => collectorId },
    {
      key: 'name',
      title: t('agency.page.collectorName'),
      onCard: 'head',
      render: ({ name }) => <Masked value={name} isMasked={found.masked} />,
    },
    {
      key: 'certificate',
      title: t('agency.page.certificate'),
      render: ({ certificateUntil }) => certificateUntil ?? <span className="fb-soft">{t('agency.page.noCertificate')}</span>,
    },
    {
      key: 'devices',
      title: t('agency.page.devices'),
      render: ({ deviceIds }) => (deviceIds.length === 0 ? '–' : deviceIds.join(t('common.listSeparator'))),
    },
    { key: 'state', title: t('agency.page.state'), onCard: 'corner', render: (staff) => <StaffState staff={staff} /> },
  ];
  return (
    <Section title={t('agency.page.staff')}>
      <DataTable
        label={t('agency.page.staff')}
        columns={columns}
        rows={found.staff}
        rowKey={({ collectorId }) => collectorId}
        empty={{ title: t('agency.page.noStaff'), help: t('agency.page.noStaffHelp') }}
      />
    </Section>
  );
}

const FIELDS = ['status', 'published', 'contractFrom', 'contractTo', 'lastEvaluatedOn'] as const;

function HistorySection({ found }: FoundProps): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const said = (field: (typeof FIELDS)[number], value: unknown): string => {
    if (field === 'published') return value === true ? t('agency.page.isPublished') : t('agency.page.isNotPublished');
    if (value === 'active' || value === 'suspended' || value === 'exited') return t(`agency.status.${value}`);
    return typeof value === 'string' ? value : t('agency.open');
  };
  return (
    <Section title={t('agency.page.history')}>
      {found.history.length === 0 && <p className="fb-soft fb-first">{t('agency.page.noHistory')}</p>}
      <ul className="fb-lines">
        {found.history.toReversed().map(({ id, at, by, detail, reason }) => (
          <li key={id}>
            <strong>
              {FIELDS.filter((field) => Object.hasOwn(detail, field))
                .map((field) => t(`agency.changed.${field}`, { value: said(field, detail[field]) }))
                .join(t('common.listSeparator'))}
            </strong>
            <p>
              {person(by)} · <Instant at={at} timeZone={READER_ZONE} />
            </p>
            {reason !== null && <p className="fb-soft">{reason}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Devices({ found }: FoundProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Section title={t('agency.page.devicesTitle')}>
      {found.deviceIds.length === 0 ? (
        <p className="fb-soft fb-first">{t('agency.page.noDevices')}</p>
      ) : (
        <p className="fb-codes">
          {found.deviceIds.map((id) => (
            <code key={id}>{id}</code>
          ))}
        </p>
      )}
    </Section>
  );
}

/** One agency: whether it may work today and why not, its staff, its tools, what was set of it. */
export function AgencyPage(): ReactNode {
  const { t } = useTranslation();
  const { agencyId = '' } = useParams();
  const { data: found, error, refetch } = useQuery(agencyQuery(agencyId));
  const maySet = useMay('collections.setAgencyStanding');
  const maySeeCases = useMay('collections.listCases');
  const back = { to: '/agencies', label: t('agency.page.back') };
  if (error) {
    return (
      <>
        <PageHeader title={t('agency.title')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!found) return <PageLoading />;
  return (
    <>
      <PageHeader
        title={found.name}
        back={back}
        aside={<StandingTag standing={found.standing} />}
        actions={
          <>
            {maySeeCases && (
              <LinkButton to={`/cases?${new URLSearchParams({ agencyId: found.agencyId }).toString()}`}>
                {t('agency.page.cases')}
              </LinkButton>
            )}
            {maySet && <SetStanding agency={found} />}
          </>
        }
      />
      <div className="fb-columns">
        <div>
          <Standing found={found} />
          <StaffSection found={found} />
        </div>
        <div>
          <About found={found} />
          <Devices found={found} />
          <HistorySection found={found} />
        </div>
      </div>
      <AgencyOversight agencyId={found.agencyId} />
    </>
  );
}
