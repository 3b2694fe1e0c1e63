import type { ChartOption } from './chart.tsx';
import { tokens } from './tokens.ts';

export interface Bar {
  readonly name: string;
  readonly value: number;
}

const lyingNames = (names: readonly string[], width: number) => ({
  type: 'category' as const,
  inverse: true,
  data: [...names],
  axisTick: { show: false },
  axisLine: { show: false },
  axisLabel: { color: tokens.ink, width, overflow: 'truncate' as const },
});

const numbers = {
  type: 'value',
  minInterval: 1,
  splitNumber: 3,
  axisLabel: { color: tokens.soft },
  splitLine: { lineStyle: { color: tokens.hair } },
} as const;

/** Names at the left, bars to the right, each with its number. */
export function lyingBars(bars: readonly Bar[]): ChartOption {
  return {
    grid: { left: 4, right: 48, top: 4, bottom: 4, outerBoundsMode: 'same' },
    tooltip: { trigger: 'item' },
    xAxis: { type: 'value', show: false },
    yAxis: lyingNames(
      bars.map(({ name }) => name),
      170,
    ),
    series: [
      {
        type: 'bar',
        data: bars.map(({ value }) => value),
        barMaxWidth: 18,
        itemStyle: { borderRadius: [0, 3, 3, 0] },
        label: { show: true, position: 'right', color: tokens.ink },
      },
    ],
  };
}

export interface Stack {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly number[];
}

/** Several parts to each bar, told apart by a legend below. */
export function stackedBars(names: readonly string[], stacks: readonly Stack[], form: 'lying' | 'standing'): ChartOption {
  const isLying = form === 'lying';
  return {
    ...(stacks.length > 1 && { legend: { bottom: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: tokens.ink } } }),
    grid: { left: 4, right: isLying ? 24 : 8, top: isLying ? 4 : 12, bottom: stacks.length > 1 ? 34 : 4, outerBoundsMode: 'same' },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    ...(isLying
      ? { xAxis: numbers, yAxis: lyingNames(names, 150) }
      : {
          xAxis: { type: 'category', data: [...names], axisTick: { show: false }, axisLabel: { color: tokens.soft } },
          yAxis: numbers,
        }),
    series: stacks.map(({ name, colour, values }) => ({
      type: 'bar',
      stack: 'all',
      name,
      data: [...values],
      itemStyle: { color: colour },
      ...(isLying ? { barMaxWidth: 18 } : { barCategoryGap: '25%', barMaxWidth: 40 }),
    })),
  };
}
