import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { collections, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';
import { useLanguage } from '../../i18n/index.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { formatCount, formatMoney } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';
import { useAgencyName } from '../../ui/use-agency-name.ts';
import { Acts } from './allocation-acts.tsx';
import { AllocationState } from './allocation-bits.tsx';
import { Charts, Share } from './allocation-charts.tsx';
import { allocationQuery, STAYS, type AllocationSummary, type AllocationView, type RunSummary, type StayReason } from './wire.ts';

type Line = components['schemas']['AllocationLineView'];

function Run({ of }: { readonly of: AllocationView }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const person = usePerson();
  const { run } = of;
  if (!run) return null;
  const progress = run.progress as { readonly done: number; readonly total: number | null } | null;
  const summary = run.summary as unknown as RunSummary | null;
  const isStay = (reason: string): reason is StayReason => (STAYS as readonly string[]).includes(reason);
  return (
    <Section title={t('portfolio.run.title')}>
      <p className="fb-first">
        {run.reason} <span className="fb-soft">{person(run.orderedBy)}</span>
      </p>
      {(run.state === 'running' || run.state === 'queued') && (
        <JobProgress
          label={t(`portfolio.run.${run.state}`)}
          done={progress?.total ? progress.done / progress.total : 0}
          lines={progress ? [`${formatCount(progress.done, language)} / ${formatCount(progress.total ?? 0, language)}`] : []}
        />
      )}
      {summary && (
        <Facts
          items={[
            { label: t('portfolio.placed.entrusted'), value: formatCount(summary.entrusted, language) },
            { label: t('portfolio.placed.awaiting-notice'), value: formatCount(summary.waiting, language) },
            { label: t('portfolio.run.skipped'), value: formatCount(summary.skipped, language) },
            ...summary.reasons.map(({ reason, cases }) => ({
              label: isStay(reason) ? t(`portfolio.stay.${reason}`) : reason === 'changed' ? t('portfolio.run.changed') : reason,
              value: formatCount(cases, language),
            })),
          ]}
        />
      )}
    </Section>
  );
}

function useLineColumns({ run, summary }: AllocationView): Column<Line>[] {
  const { t } = useTranslation();
  const nameOf = useAgencyName();
  const { currency = 'CNY' } = (summary ?? {}) as Partial<AllocationSummary>;
  const outcome: Column<Line> = {
    key: 'outcome',
    title: t('portfolio.allocation.outcome'),
    onCard: 'corner',
    render: (line) =>
      line.outcome === null
        ? t('common.none')
        : line.outcome === 'skipped'
          ? t('portfolio.run.skipped')
          : t(`portfolio.placed.${line.outcome as 'entrusted'}`),
  };
  return [
    {
      key: 'case',
      title: t('cases.column.case'),
      onCard: 'head',
      render: ({ caseId }) => <Link to={`/cases/${encodeURIComponent(caseId)}`}>{caseId}</Link>,
    },
    {
      key: 'to',
      title: t('portfolio.allocation.goes'),
      render: ({ agencyId, stays }) =>
        agencyId !== null ? nameOf(agencyId) : stays === null ? t('common.none') : t(`portfolio.stay.${stays}`),
    },
    { key: 'balance', title: t('cases.column.balance'), align: 'end', render: ({ balance }) => formatMoney({ amount: balance, currency }) },
    // Nothing has come of it before it is carried out.
    ...(run === null ? [] : [outcome]),
  ];
}

function Lines({ of }: { readonly of: AllocationView }): ReactNode {
  const { t } = useTranslation();
  const [stays, setStays] = useState<StayReason>();
  const columns = useLineColumns(of);
  const query = stays === undefined ? {} : { stays };
  const pages = usePages(['allocations', of.id, 'lines', of.run?.state, query], (cursor, signal) =>
    take(
      collections.GET('/v1/allocations/{id}/lines', {
        params: { path: { id: of.id }, query: { ...query, limit: 50, ...(cursor !== undefined && { cursor }) } },
        signal,
      }),
    ),
  );
  return (
    <>
      <div className="fb-row fb-list-filter">
        <Select
          className="fb-select"
          aria-label={t('portfolio.allocation.why')}
          value={stays ?? ''}
          onChange={(value: StayReason | '') => setStays(value === '' ? undefined : value)}
          options={[{ value: '', label: t('common.all') }, ...STAYS.map((value) => ({ value, label: t(`portfolio.stay.${value}`) }))]}
        />
      </div>
      <DataTable
        label={t('portfolio.allocation.lines')}
        columns={columns}
        rows={pages.items}
        rowKey={({ caseId }) => caseId}
        isLoading={pages.isLoading}
        empty={{ title: t('portfolio.allocation.noLines') }}
      />
      <MoreRows {...pages.more} />
    </>
  );
}

/** What a rule would do, and what came of carrying it out. */
export function AllocationPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: of, error, refetch } = useQuery(allocationQuery(id));
  const back = { to: '/portfolio/allocations', label: t('portfolio.tab.allocations') };
  if (error) {
    return (
      <>
        <PageHeader title={t('portfolio.tab.allocations')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!of) return <PageLoading />;
  const summary = of.summary as unknown as AllocationSummary | null;
  const progress = of.progress as { readonly done: number; readonly total: number | null } | null;
  return (
    <>
      <PageHeader title={`${of.ruleName} · ${of.ruleVersion}`} back={back} aside={<AllocationState of={of} />} actions={<Acts of={of} />} />
      {summary === null && (
        <JobProgress label={t(`portfolio.simulation.${of.state}`)} done={progress?.total ? progress.done / progress.total : 0} lines={[]} />
      )}
      <Run of={of} />
      {summary && (
        <>
          <Section title={t('portfolio.allocation.result')}>
            <Share summary={summary} />
          </Section>
          <Charts summary={summary} />
          <Lines of={of} />
        </>
      )}
    </>
  );
}
