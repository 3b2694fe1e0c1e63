import { Button } from 'antd';
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, MarkAreaComponentOption, TooltipComponentOption } from 'echarts/components';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chartColours, FONT, tokens } from './tokens.ts';

use([BarChart, LineChart, GridComponent, LegendComponent, MarkAreaComponent, TooltipComponent, SVGRenderer]);

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | MarkAreaComponentOption | TooltipComponentOption
>;

export interface ChartProps {
  readonly title: string;
  /** What the drawing says, in a sentence. */
  readonly summary?: string;
  readonly option: ChartOption;
  readonly heightPx?: number;
  /** Where the chart is a part of the page of its own. */
  readonly heading?: 'h2' | 'h3';
  /** The same figures as a table, for who does not see the drawing or wants the numbers. */
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly (string | number)[])[] };
}

const prefersStill = (): boolean => globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches;

const ground = (): ChartOption => ({
  color: [...chartColours],
  animation: !prefersStill(),
  animationDuration: 300,
  textStyle: { fontFamily: FONT, color: tokens.ink },
  grid: { left: 8, right: 16, top: 24, bottom: 8, outerBoundsMode: 'same' },
});

function Drawing({
  option,
  heightPx,
  label,
}: {
  readonly option: ChartOption;
  readonly heightPx: number;
  readonly label: string;
}): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!frame.current) return undefined;
    const chart = init(frame.current, null, { renderer: 'svg' });
    chart.setOption({ ...ground(), ...option });
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(frame.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [option]);
  return <div ref={frame} role="img" aria-label={label} style={{ height: heightPx }} />;
}

/** A chart and, on demand, its figures as a table. `option` should be memoised. */
export function Chart({ title, summary, option, heightPx = 260, heading: Heading = 'h3', table }: ChartProps): ReactNode {
  const { t } = useTranslation();
  const [isTable, setIsTable] = useState(false);
  const id = useId();
  return (
    <figure className="fb-chart" aria-labelledby={id}>
      <figcaption>
        <Heading id={id}>{title}</Heading>
        <Button size="small" type="text" aria-expanded={isTable} onClick={() => setIsTable(!isTable)}>
          {isTable ? t('common.chart.hideTable') : t('common.chart.showTable')}
        </Button>
      </figcaption>
      {summary && <p className="fb-soft">{summary}</p>}
      {table.rows.length === 0 ? (
        <p className="fb-soft">{t('common.chart.noData')}</p>
      ) : (
        <Drawing option={option} heightPx={heightPx} label={summary ?? title} />
      )}
      {isTable && (
        <div className="fb-table-frame">
          <table className="fb-table fb-table-dense">
            <thead>
              <tr>
                {table.head.map((cell, index) => (
                  <th key={cell} scope="col" className={index > 0 ? 'fb-end' : undefined}>
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={row.join(' ')}>
                  {row.map((cell, index) => (
                    <td key={table.head[index]} className={index > 0 ? 'fb-end' : undefined}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </figure>
  );
}
