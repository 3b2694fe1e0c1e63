import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { tokens } from '../../ui/tokens.ts';
import type { ScorecardView, ScoreView } from './api.ts';

type Component = ScoreView['components'][number];

/** Every part of a score with the numbers that it was made of. */
export function ScoreTable({ score, facts }: Pick<ScorecardView, 'score' | 'facts'>): ReactNode {
  const { t } = useTranslation();
  // What was recovered is money of the currency that most cases have.
  const currency = facts.recoveries[0]?.currency;
  const shown = (component: Component['component'], count: string): string =>
    component === 'recoveries' && currency ? formatMoney({ amount: count, currency }) : count;
  const columns: Column<Component>[] = [
    { key: 'part', title: t('oversight.score.part'), onCard: 'head', render: ({ component }) => t(`oversight.component.${component}`) },
    {
      key: 'count',
      title: t('oversight.score.counted'),
      align: 'end',
      render: ({ component, part, whole }) => (whole === '' ? part : `${shown(component, part)} / ${shown(component, whole)}`),
    },
    {
      key: 'value',
      title: t('oversight.score.value'),
      align: 'end',
      render: ({ value, unit }) =>
        value === null ? <span className="fb-soft">{t('oversight.score.notMeasured')}</span> : t(`oversight.unit.${unit}`, { value }),
    },
    { key: 'weight', title: t('oversight.score.weight'), align: 'end', render: ({ counts }) => `${counts}%` },
    { key: 'score', title: t('oversight.score.score'), align: 'end', render: (one) => one.score ?? '–' },
    { key: 'points', title: t('oversight.score.points'), align: 'end', onCard: 'corner', render: ({ points }) => points ?? '–' },
  ];
  return (
    <>
      <DataTable
        label={t('oversight.score.title')}
        columns={columns}
        rows={score.components}
        rowKey={({ component }) => component}
        empty={{ title: t('common.none') }}
      />
      <p className="fb-note">{t('oversight.score.note')}</p>
    </>
  );
}

/** The total, month by month. */
export function TrendChart({ months }: Pick<ScorecardView, 'months'>): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useMemo(() => months.map(({ from }) => from.slice(0, 7)), [months]);
  const option = useMemo(
    (): ChartOption => ({
      tooltip: { trigger: 'axis' },
      grid: { left: 4, right: 12, top: 20, bottom: 4, outerBoundsMode: 'same' },
      xAxis: { type: 'category', data: names, axisTick: { show: false }, axisLabel: { color: tokens.soft } },
      yAxis: { type: 'value', min: 0, max: 100, axisLabel: { color: tokens.soft }, splitLine: { lineStyle: { color: tokens.hair } } },
      series: [{ type: 'line', name: t('oversight.score.total'), data: months.map(({ total }) => total), symbolSize: 7 }],
    }),
    // The words change with the language.
    // oxlint-disable-next-line react/exhaustive-deps
    [months, names, language],
  );
  const last = months.at(-1);
  return (
    <Chart
      title={t('oversight.score.trend')}
      {...(last && {
        summary: t('oversight.score.trendSay', { month: last.from.slice(0, 7), total: last.total.toFixed(1), band: last.band }),
      })}
      option={option}
      heightPx={220}
      table={{
        head: [t('oversight.score.month'), t('oversight.score.total'), t('oversight.score.band')],
        rows: months.map(({ from, total, band }) => [from.slice(0, 7), total.toFixed(1), band]),
      }}
    />
  );
}
