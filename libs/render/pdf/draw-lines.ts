import type { LineChart, ReportTable } from '../document.ts';
import { chartFrame, COLOURS, drawAxes, drawLegend, namesOf } from './draw-chart.ts';
import { BOLD, INK, type Flow } from './page.ts';
import type { Language } from './words.ts';

const MOST_LABELS = 11;

/** A line a series, as time goes by: with axes, units and a legend. What is left out is a gap. */
export function drawLines(flow: Flow, chart: LineChart, table: ReportTable, language: Language): void {
  flow.need(216);
  const { pdf } = flow;
  flow.text(chart.title[language], { font: BOLD, size: 10, gap: 2 });
  const names = namesOf(chart, table, language);
  if (names.length > 1) drawLegend(flow, names);
  const places = chart.columns.map((id) => table.columns.findIndex((column) => column.id === id));
  const series = places.map((place) => table.rows.map(({ cells }) => cells[place]?.value ?? null));
  const frame = chartFrame(flow, Math.max(0, ...series.flat().map((value) => value ?? 0)));
  drawAxes(flow, chart, frame, language);
  const { area, floor, top } = frame;
  const step = area.width / Math.max(1, table.rows.length - 1);
  for (const [index, values] of series.entries()) {
    let isDrawing = false;
    for (const [at, value] of values.entries()) {
      if (value === null) {
        isDrawing = false;
        continue;
      }
      const [x, y] = [area.x + at * step, floor - (value / top) * area.height];
      if (isDrawing) pdf.lineTo(x, y);
      else pdf.moveTo(x, y);
      isDrawing = true;
    }
    pdf
      .lineWidth(1.4)
      .strokeColor(COLOURS[index % COLOURS.length] ?? INK.text)
      .stroke();
  }
  const every = Math.ceil(table.rows.length / MOST_LABELS);
  for (const [at, { label }] of table.rows.entries())
    if (at % every === 0)
      pdf
        .fontSize(7)
        .fillColor(INK.soft)
        .text(label[language], area.x + at * step - 24, floor + 4, { width: 48, align: 'center' });
  flow.y += frame.height + 6;
}
