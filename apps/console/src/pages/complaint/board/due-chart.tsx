import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../../ui/chart.tsx';
import { tokens } from '../../../ui/tokens.ts';
import { shortDate } from '../dates.ts';
import { barsOf } from '../due-bars.ts';
import type { Counts } from '../wire.ts';

const HEIGHT_PX = 104;

export interface DueChartProps {
  readonly days: NonNullable<Counts['days']>;
  readonly today: string;
}

/** How many open complaints are due on each of the coming days. */
export function DueChart({ days, today }: DueChartProps): ReactNode {
  const { t } = useTranslation();
  const bars = useMemo(() => barsOf(days, today), [days, today]);
  const option = useMemo<ChartOption>(
    () => ({
      grid: { left: 4, right: 4, top: 22, bottom: 4, outerBoundsMode: 'same' },
      tooltip: { trigger: 'axis' },
      xAxis: {
        type: 'category',
        data: bars.map((bar) => shortDate(bar.dueOn)),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: tokens.line } },
        axisLabel: { color: tokens.soft, fontSize: 11 },
      },
      yAxis: { type: 'value', show: false, minInterval: 1 },
      series: [
        {
          type: 'bar',
          barMaxWidth: 26,
          label: {
            show: true,
            position: 'top',
            fontSize: 11,
            color: tokens.ink,
            formatter: ({ value }) => (value === 0 ? '' : String(value)),
          },
          data: bars.map((bar) => ({
            value: bar.count,
            itemStyle: { color: bar.isOver ? tokens.bad : bar.dueOn === today ? tokens.wait : tokens.brand },
          })),
        },
      ],
    }),
    [bars, today],
  );
  return (
    <Chart
      title={t('complaint.board.chart')}
      summary={t('complaint.board.chartLead')}
      option={option}
      heightPx={HEIGHT_PX}
      heading="h2"
      table={{
        head: [t('complaint.board.chartDate'), t('complaint.board.chartCount')],
        rows: bars.filter((bar) => bar.count > 0).map((bar) => [bar.dueOn, bar.count]),
      }}
    />
  );
}
