import type { BarChart, ReportTable } from '../document.ts';
import { BOLD, CONTENT_WIDTH, INK, numberText, PAGE, REGULAR, type Flow } from './page.ts';
import type { Language } from './words.ts';

const HEIGHT = 176;
const AXIS = { left: 46, bottom: 40, top: 30 } as const;
export const COLOURS = [INK.first, INK.second, '#4C6A4F', '#8A6D1F'];
const TICKS = 5;

/** 1, 2 or 5 times a power of ten: what an axis is read by. Whole, for what is counted. */
export function tickStep(max: number): number {
  const rough = Math.max(1, max) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((candidate) => candidate >= rough) ?? 10 * power;
  return Math.max(1, step);
}

interface Bar {
  readonly label: string;
  readonly values: readonly number[];
}

function barsOf(chart: BarChart, table: ReportTable, language: Language): Bar[] {
  const places = chart.columns.map((id) => table.columns.findIndex((column) => column.id === id));
  return table.rows.map(({ label, cells }) => ({ label: label[language], values: places.map((place) => cells[place]?.value ?? 0) }));
}

/** What the series of a chart are called. */
export const namesOf = (chart: BarChart, table: ReportTable, language: Language): string[] =>
  chart.columns.map((id) => table.columns.find((column) => column.id === id)?.label[language] ?? id);

export function drawLegend(flow: Flow, names: readonly string[]): void {
  const { pdf } = flow;
  let x = PAGE.margin + CONTENT_WIDTH;
  pdf.font(REGULAR).fontSize(8);
  for (const [index, name] of [...names.entries()].toReversed()) {
    const width = pdf.widthOfString(name);
    x -= width;
    pdf.fillColor(INK.text).text(name, x, flow.y + 2, { lineBreak: false });
    pdf.rect(x - 12, flow.y + 4, 8, 8).fill(COLOURS[index % COLOURS.length] ?? INK.text);
    x -= 24;
  }
}

/** Where a chart is drawn, and up to which number. */
export interface Frame {
  readonly area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly floor: number;
  readonly top: number;
  readonly step: number;
  readonly height: number;
}

export function chartFrame(flow: Flow, max: number): Frame {
  const step = tickStep(max);
  const area = {
    x: PAGE.margin + AXIS.left,
    y: flow.y + AXIS.top,
    width: CONTENT_WIDTH - AXIS.left,
    height: HEIGHT - AXIS.top - AXIS.bottom,
  };
  return { area, floor: area.y + area.height, top: Math.max(1, Math.ceil(max / step)) * step, step, height: HEIGHT };
}

export function drawAxes(flow: Flow, chart: BarChart, { area, floor, top, step }: Frame, language: Language): void {
  const { pdf } = flow;
  pdf
    .font(REGULAR)
    .fontSize(8)
    .fillColor(INK.soft)
    .text(chart.yLabel[language], PAGE.margin, flow.y + 2, { lineBreak: false });
  for (let tick = 0; tick <= top; tick += step) {
    const y = floor - (tick / top) * area.height;
    pdf
      .moveTo(area.x, y)
      .lineTo(area.x + area.width, y)
      .lineWidth(0.5)
      .strokeColor(tick === 0 ? INK.soft : INK.line)
      .stroke();
    pdf.fillColor(INK.soft).text(numberText(tick), PAGE.margin, y - 6, { width: AXIS.left - 6, align: 'right' });
  }
  pdf.text(chart.xLabel[language], area.x, floor + 26, { width: area.width, align: 'center' });
}

/** A bar chart with axes, units and, where there is more than one series, a legend. */
export function drawChart(flow: Flow, chart: BarChart, table: ReportTable, language: Language): void {
  flow.need(HEIGHT + 40);
  const { pdf } = flow;
  flow.text(chart.title[language], { font: BOLD, size: 10, gap: 2 });
  const names = namesOf(chart, table, language);
  if (names.length > 1) drawLegend(flow, names);
  const bars = barsOf(chart, table, language);
  const sums = bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const frame = chartFrame(flow, Math.max(...sums, 0));
  drawAxes(flow, chart, frame, language);
  const { area, floor, top } = frame;
  const slot = area.width / Math.max(1, bars.length);
  const width = Math.min(36, slot * 0.7);
  for (const [index, { label, values }] of bars.entries()) {
    const x = area.x + index * slot;
    let y = floor;
    for (const [series, value] of values.entries()) {
      const height = (value / top) * area.height;
      y -= height;
      if (height > 0) pdf.rect(x + (slot - width) / 2, y, width, height).fill(COLOURS[series % COLOURS.length] ?? INK.text);
    }
    // The number on a bar, where there is room for it.
    if (slot > 30)
      pdf
        .fontSize(8)
        .fillColor(INK.text)
        .text(numberText(sums[index] ?? 0), x, y - 12, { width: slot, align: 'center' });
    pdf
      .fontSize(slot > 30 ? 8 : 7)
      .fillColor(INK.soft)
      .text(label, x, floor + 4, { width: slot, height: 24, align: 'center', ellipsis: true });
  }
  flow.y += HEIGHT + 6;
}
