import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/index.ts';
import { Chart, type ChartOption } from '../../../ui/chart.tsx';
import { formatCount } from '../../../ui/numbers.ts';
import { tokens } from '../../../ui/tokens.ts';
import type { Turned } from '../wire.ts';

const SHOWN = 12;
const ROW_PX = 34;
const LEGEND_PX = 46;

export interface TurnedRow extends Turned {
  readonly name: string;
}

const total = ({ toRefused, toPermitted }: Turned): number => toRefused + toPermitted;

const seriesOf = (rows: readonly TurnedRow[], names: readonly [string, string]) => [
  { name: names[0], data: rows.map(({ toRefused }) => toRefused), itemStyle: { color: tokens.bad } },
  { name: names[1], data: rows.map(({ toPermitted }) => toPermitted), itemStyle: { color: '#7fb8ae' } },
];

const legend = { bottom: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: tokens.ink } };

function lying(rows: readonly TurnedRow[], names: readonly [string, string]): ChartOption {
  return {
    legend,
    grid: { left: 4, right: 24, top: 4, bottom: 34, outerBoundsMode: 'same' },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    xAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      axisLabel: { color: tokens.soft },
      splitLine: { lineStyle: { color: tokens.hair } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: tokens.ink, width: 150, overflow: 'truncate' },
    },
    series: seriesOf(rows, names).map((series) => ({ type: 'bar', stack: 'all', barMaxWidth: 18, ...series })),
  };
}

function standing(rows: readonly TurnedRow[], names: readonly [string, string]): ChartOption {
  return {
    legend,
    grid: { left: 4, right: 8, top: 12, bottom: 34, outerBoundsMode: 'same' },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    xAxis: { type: 'category', data: rows.map(({ name }) => name), axisTick: { show: false }, axisLabel: { color: tokens.soft } },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      axisLabel: { color: tokens.soft },
      splitLine: { lineStyle: { color: tokens.hair } },
    },
    series: seriesOf(rows, names).map((series) => ({ type: 'bar', stack: 'all', barCategoryGap: '25%', ...series })),
  };
}

export interface TurnedChartProps {
  readonly title: string;
  /** What a row is, at the head of the table. */
  readonly of: string;
  readonly rows: readonly TurnedRow[];
  readonly form?: 'lying' | 'standing';
}

/** How many contacts would end otherwise, which way, by one thing. */
export function TurnedChart({ title, of, rows, form = 'lying' }: TurnedChartProps): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useMemo(
    (): readonly [string, string] => [t('simulation.result.toRefused'), t('simulation.result.toPermitted')],
    // The names change with the language.
    // oxlint-disable-next-line react/exhaustive-deps
    [language],
  );
  const isLying = form === 'lying';
  const sorted = useMemo(() => (isLying ? rows.toSorted((one, other) => total(other) - total(one)) : rows), [rows, isLying]);
  const option = useMemo(() => (isLying ? lying(sorted.slice(0, SHOWN), names) : standing(sorted, names)), [sorted, names, isLying]);
  const top = sorted[0];
  const refused = rows.reduce((sum, { toRefused }) => sum + toRefused, 0);
  const summary = isLying
    ? top && t('simulation.result.most', { name: top.name, count: top.toRefused })
    : t('simulation.result.perDay', { count: Math.round(refused / Math.max(1, rows.length)) });
  return (
    <div className="fb-section">
      <Chart
        heading="h2"
        title={title}
        {...(summary && { summary })}
        option={option}
        {...(isLying && { heightPx: Math.max(120, Math.min(SHOWN, rows.length) * ROW_PX + LEGEND_PX) })}
        table={{
          head: [of, ...names],
          rows: sorted.map(({ name, toRefused, toPermitted }) => [
            name,
            formatCount(toRefused, language),
            formatCount(toPermitted, language),
          ]),
        }}
      />
    </div>
  );
}
