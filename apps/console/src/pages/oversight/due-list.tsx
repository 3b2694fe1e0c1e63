import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay, useSession } from '../../session/session.ts';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { useNow } from '../../ui/use-now.ts';
import { todayIn } from '../complaint/dates.ts';
import { findingsQuery, inspectionsQuery, rankingQuery, sanctionsQuery } from './api.ts';
import { dueItems, type DueItem } from './due.ts';

const HOUR_MS = 3_600_000;

/** Everything of agencies that has a day, the earliest first. */
export function DueList(): ReactNode {
  const { t } = useTranslation();
  const isBank = useSession().agencyId === null;
  const mayRank = useMay('collections.listScorecards') && isBank;
  const today = todayIn(READER_ZONE, new Date(useNow(HOUR_MS)));
  const inspections = useQuery(inspectionsQuery({}));
  const findings = useQuery(findingsQuery({}));
  const sanctions = useQuery(sanctionsQuery({}));
  const ranking = useQuery({ ...rankingQuery(), enabled: mayRank });
  const error = inspections.error ?? findings.error ?? sanctions.error;
  const items = dueItems({
    inspections: inspections.data?.items ?? [],
    findings: findings.data?.items ?? [],
    sanctions: sanctions.data?.items ?? [],
    agencies: ranking.data?.items ?? [],
  });
  const columns: Column<DueItem>[] = [
    {
      key: 'what',
      title: t('oversight.due.what'),
      onCard: 'head',
      render: ({ kind, to }) => <Link to={to}>{t(`oversight.due.${kind}`)}</Link>,
    },
    {
      key: 'agency',
      title: t('oversight.agency'),
      render: ({ agencyId, agencyName }) => <Link to={`/agencies/${encodeURIComponent(agencyId)}`}>{agencyName}</Link>,
    },
    { key: 'on', title: t('oversight.due.on'), render: ({ on }) => on ?? t('oversight.due.now') },
    {
      key: 'state',
      title: t('oversight.due.state'),
      onCard: 'corner',
      render: ({ on }) =>
        on !== null && on < today ? (
          <StateTag tone="bad">{t('oversight.late')}</StateTag>
        ) : (
          <StateTag tone={on === null ? 'busy' : 'wait'}>{on === null ? t('oversight.due.waits') : t('oversight.due.comes')}</StateTag>
        ),
    },
  ];
  if (error) return <ProblemAlert error={error} />;
  return (
    <Section title={t('oversight.due.title')}>
      <DataTable
        label={t('oversight.due.title')}
        columns={columns}
        rows={items}
        rowKey={({ key }) => key}
        isLoading={inspections.isLoading || findings.isLoading}
        empty={{ title: t('oversight.due.none'), help: t('oversight.due.noneHelp') }}
      />
    </Section>
  );
}
