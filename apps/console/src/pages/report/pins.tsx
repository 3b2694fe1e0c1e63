import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DataTable } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { listVersions, type Report } from './api.ts';
import { ReportState } from './report-state.tsx';

/** What the report speaks of, for whoever checks it later. */
export function Pins({ report }: { readonly report: Report }): ReactNode {
  const { t } = useTranslation();
  const { pins, timeZone, audience, correctionReason, subject } = report;
  if (!pins) return null;
  const { asOf, documentSha256, evidenceHead } = pins;
  const head = evidenceHead as { readonly size?: number; readonly rootHash?: string } | null;
  return (
    <Section title={t('report.pins.title')}>
      <Facts
        items={[
          { label: t('report.pins.asOf'), value: <Instant at={asOf} timeZone={timeZone} withSeconds /> },
          { label: t('report.pins.zone'), value: timeZone },
          { label: t('report.audience.label'), value: t(`report.audience.${audience}`) },
          ...(subject === null ? [] : [{ label: t('report.case'), value: <Link to={`/cases/${subject}`}>{subject}</Link> }]),
          ...(correctionReason === null ? [] : [{ label: t('report.correction.reason'), value: correctionReason }]),
          { label: t('report.pins.document'), value: <code className="fb-trace">{documentSha256}</code> },
          {
            label: t('report.pins.head'),
            value: head ? (
              <>
                {t('report.pins.headSize', { count: head.size ?? 0 })} <code className="fb-trace">{head.rootHash}</code>
              </>
            ) : (
              t('report.pins.noHead')
            ),
          },
        ]}
      />
      <p className="fb-soft">{t('report.pins.help')}</p>
    </Section>
  );
}

/** All versions of a report that was corrected. */
export function Versions({ report }: { readonly report: Report }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const { service, id, state, version } = report;
  const versions = useQuery({
    queryKey: ['reports', 'versions', service, id, state],
    queryFn: ({ signal }) => listVersions(service, id, signal),
  });
  if (versions.error) return <ProblemAlert error={versions.error} onRetry={() => void versions.refetch()} />;
  const rows = versions.data ?? [];
  if (rows.length < 2) return null;
  return (
    <Section title={t('report.versions')}>
      <DataTable
        label={t('report.versions')}
        rows={rows}
        rowKey={(row) => row.id}
        empty={{ title: t('common.none') }}
        columns={[
          {
            key: 'version',
            title: t('report.versionTitle'),
            onCard: 'head',
            render: (row) =>
              row.version === version ? (
                <strong>{t('report.version', { version: row.version })}</strong>
              ) : (
                <Link to={`/reports/${service}/${row.id}`}>{t('report.version', { version: row.version })}</Link>
              ),
          },
          { key: 'state', title: t('report.stateTitle'), onCard: 'corner', render: (row) => <ReportState report={row} /> },
          { key: 'reason', title: t('report.correction.reason'), render: (row) => row.correctionReason ?? t('common.none') },
          {
            key: 'signed',
            title: t('report.signedAt'),
            render: ({ signedBy, signedAt, timeZone }) =>
              signedBy === null || signedAt === null ? (
                t('common.none')
              ) : (
                <>
                  {person(signedBy)} <Instant at={signedAt} timeZone={timeZone} withRelative={false} />
                </>
              ),
          },
        ]}
      />
    </Section>
  );
}
