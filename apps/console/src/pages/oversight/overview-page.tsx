import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { collections, take } from '../../api/client.ts';
import { useLanguage } from '../../i18n/index.ts';
import { useMay, useSession } from '../../session/session.ts';
import { lyingBars } from '../../ui/bars.ts';
import { Chart } from '../../ui/chart.tsx';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { coverageQuery, keyed, rankingQuery, useChange, type CoverageView, type ScorecardLine } from './api.ts';
import { ScoreTag } from './bits.tsx';
import { DueList } from './due-list.tsx';
import { OversightTabs } from './tabs.tsx';

const ROW_PX = 34;
const agencyLink = (agencyId: string, name: string): ReactNode => <Link to={`/agencies/${encodeURIComponent(agencyId)}`}>{name}</Link>;

function Ranking(): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data, error, refetch, isLoading } = useQuery(rankingQuery());
  const items = useMemo(() => data?.items ?? [], [data]);
  const option = useMemo(() => lyingBars(items.map(({ name, score }) => ({ name, value: score.total }))), [items]);
  const columns: Column<ScorecardLine>[] = [
    { key: 'name', title: t('oversight.agency'), onCard: 'head', render: ({ agencyId, name }) => agencyLink(agencyId, name) },
    { key: 'score', title: t('oversight.score.total'), onCard: 'corner', render: ({ score }) => <ScoreTag score={score} /> },
    {
      key: 'weak',
      title: t('oversight.overview.weakest'),
      render: ({ score }) => {
        const [weak] = score.components.filter((one) => one.score !== null).toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0));
        return weak ? t(`oversight.component.${weak.component}`) : '–';
      },
    },
    { key: 'last', title: t('oversight.overview.lastEvaluated'), render: ({ lastEvaluatedOn }) => lastEvaluatedOn ?? t('agency.never') },
    { key: 'due', title: t('oversight.overview.nextEvaluation'), render: ({ evaluationDueOn }) => evaluationDueOn },
  ];
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return (
    <Section title={t('oversight.overview.ranking')}>
      {data && (
        <p className="fb-first fb-soft">{t('oversight.overview.period', { from: data.from, to: data.to, version: data.weightsVersion })}</p>
      )}
      {items.length > 0 && (
        <Chart
          title={t('oversight.overview.totals')}
          option={option}
          heightPx={Math.max(80, items.length * ROW_PX)}
          table={{
            head: [t('oversight.agency'), t('oversight.score.total'), t('oversight.score.band')],
            rows: items.map(({ name, score }) => [name, score.total.toFixed(1), score.band]),
          }}
        />
      )}
      <DataTable
        key={language}
        label={t('oversight.overview.ranking')}
        columns={columns}
        rows={items}
        rowKey={({ agencyId }) => agencyId}
        isLoading={isLoading}
        empty={{ title: t('oversight.overview.noAgencies'), help: t('oversight.overview.noAgenciesHelp') }}
      />
    </Section>
  );
}

function Coverage(): ReactNode {
  const { t } = useTranslation();
  const mayPlan = useMay('collections.planInspectionYear');
  const { data, error, refetch, isLoading } = useQuery(coverageQuery());
  const plan = useChange((year: number, key) =>
    take(collections.POST('/v1/inspection-plans', { params: keyed(key), body: { year, kinds: ['on-site'] } })),
  );
  const missing = (data?.items ?? []).some((one) => one.missing > 0);
  const columns: Column<CoverageView['items'][number]>[] = [
    { key: 'name', title: t('oversight.agency'), onCard: 'head', render: ({ agencyId, name }) => agencyLink(agencyId, name) },
    { key: 'done', title: t('oversight.overview.onSiteDone'), align: 'end', render: (one) => `${one.onSiteDone} / ${one.onSiteNeeded}` },
    { key: 'planned', title: t('oversight.overview.planned'), align: 'end', render: (one) => one.onSitePlanned },
    {
      key: 'off',
      title: t('oversight.overview.offSite'),
      align: 'end',
      render: (one) => `${one.offSiteDone} / ${one.offSiteDone + one.offSitePlanned}`,
    },
    { key: 'next', title: t('oversight.overview.next'), render: ({ nextOn }) => nextOn ?? '–' },
    {
      key: 'missing',
      title: t('oversight.overview.missing'),
      onCard: 'corner',
      render: (one) =>
        one.missing > 0 ? (
          <strong>{t('oversight.overview.isMissing', { count: one.missing })}</strong>
        ) : one.onSiteDone + one.onSitePlanned >= one.onSiteNeeded ? (
          t('oversight.overview.covered')
        ) : (
          <span className="fb-soft">{t('oversight.overview.notAtWork')}</span>
        ),
    },
  ];
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return (
    <Section
      title={t('oversight.overview.coverage', { year: data?.year ?? '' })}
      aside={
        mayPlan &&
        missing && (
          <Button type="primary" loading={plan.isPending} onClick={() => data && plan.mutate(data.year)}>
            {t('oversight.overview.planYear')}
          </Button>
        )
      }
    >
      {plan.error && <ProblemAlert error={plan.error} />}
      <DataTable
        label={t('oversight.overview.coverage', { year: data?.year ?? '' })}
        columns={columns}
        rows={data?.items ?? []}
        rowKey={({ agencyId }) => agencyId}
        isLoading={isLoading}
        empty={{ title: t('oversight.overview.noAgencies'), help: t('oversight.overview.noAgenciesHelp') }}
      />
    </Section>
  );
}

/** What is due, how the agencies do, and whether each is inspected this year. */
export function OverviewPage(): ReactNode {
  const { t } = useTranslation();
  const isBank = useSession().agencyId === null;
  const mayRank = useMay('collections.listScorecards');
  const mayCover = useMay('collections.findInspectionCoverage');
  return (
    <>
      <PageHeader title={t('oversight.title')} lead={t('oversight.lead')} />
      <OversightTabs />
      <DueList />
      {isBank && mayRank && <Ranking />}
      {isBank && mayCover && <Coverage />}
    </>
  );
}
