import { traceText, type ReportDocument, type ReportTable } from '../document.ts';
import type { SheetRows } from '../xlsx.ts';
import { drawChart } from './draw-chart.ts';
import { contentsPages, drawContents, drawCover, headText, type Entry } from './draw-cover.ts';
import { drawList } from './draw-list.ts';
import { drawLines } from './draw-lines.ts';
import { drawTable, type Column } from './draw-table.ts';
import { CONTENT_WIDTH, Flow, INK, numberText, openPdf, PAGE, REGULAR, type Pdf } from './page.ts';
import { SAID, type Language } from './words.ts';

const NUMBER_WIDTH = 62;
const LEFT_OUT = '*';

const shown = ({ value, suppressed }: { readonly value: number | null; readonly suppressed?: boolean }): string =>
  suppressed ? LEFT_OUT : numberText(value);

function drawFigures(flow: Flow, { figures }: ReportDocument, language: Language): void {
  const [figure, value, unit, counted] = SAID[language].figureHeads;
  const columns: Column[] = [
    { head: figure, width: 168, align: 'left' },
    { head: value, width: NUMBER_WIDTH, align: 'right' },
    { head: unit, width: 52, align: 'left' },
    { head: counted, width: CONTENT_WIDTH - 282, align: 'left' },
  ];
  const rows = figures.map((one) => [
    one.label[language],
    shown(one),
    one.unit[language],
    SAID[language].trace(one.trace.file, traceText(one.trace)),
  ]);
  drawTable(flow, columns, rows);
}

/** The unit of every column, where it is one: then it stands in the heading, and narrow columns keep short heads. */
function commonUnit({ columns }: ReportTable, language: Language): string | null {
  const units = new Set(columns.map(({ unit }) => unit[language]));
  return units.size === 1 ? ([...units][0] ?? null) : null;
}

function drawReportTable(flow: Flow, table: ReportTable, language: Language): void {
  const said = SAID[language];
  const numbers = Math.min(NUMBER_WIDTH, (CONTENT_WIDTH - 96) / table.columns.length);
  const unit = commonUnit(table, language);
  const columns: Column[] = [
    { head: table.rowLabel[language], width: CONTENT_WIDTH - numbers * table.columns.length, align: 'left' },
    ...table.columns.map((column): Column => ({
      head: unit ? column.label[language] : said.inBrackets(column.label[language], column.unit[language]),
      width: numbers,
      align: 'right',
    })),
  ];
  const rows = table.rows.map(({ label, cells }) => [label[language], ...cells.map(shown)]);
  if (rows.length === 0) flow.text(said.nothing, { color: INK.soft });
  else drawTable(flow, columns, rows);
  if (table.note) flow.text(table.note[language], { size: 8, color: INK.soft });
}

function drawCorrection(flow: Flow, { edition }: ReportDocument, language: Language): void {
  const said = SAID[language];
  const correction = edition?.correction;
  if (!correction) return;
  flow.text(said.reason(correction.version, correction.reason), { gap: 8 });
  if (correction.changes.length === 0) return flow.text(said.noChange, { color: INK.soft });
  const [number, before, after, unit] = said.changeHeads;
  const columns: Column[] = [
    { head: number, width: CONTENT_WIDTH - 220, align: 'left' },
    { head: before, width: 80, align: 'right' },
    { head: after, width: 80, align: 'right' },
    { head: unit, width: 60, align: 'left' },
  ];
  const rows = correction.changes.map((one) => [one.label[language], numberText(one.before), numberText(one.after), one.unit[language]]);
  drawTable(flow, columns, rows);
}

function drawEnd(flow: Flow, { notes, sources, rowFiles }: ReportDocument, language: Language): void {
  const said = SAID[language];
  for (const words of [...notes, ...sources]) flow.text(`· ${words[language]}`, { size: 8.5, gap: 2 });
  for (const { name, title, rows } of rowFiles)
    flow.text(`· ${said.rowsFile(name, title[language], numberText(rows))}`, { size: 8.5, gap: 2 });
  flow.text(`· ${said.syntax}`, { size: 8.5, gap: 6 });
}

/** What stands at the foot of every page; the number of pages is known only at the end. */
function drawFeet(pdf: Pdf, { title, period, institution, edition }: ReportDocument, language: Language): void {
  const said = SAID[language];
  const { start, count } = pdf.bufferedPageRange();
  const y = PAGE.height - 46;
  const pins = edition && [
    `SHA-256 ${edition.sha256 ?? '—'}`,
    edition.evidenceHead ? headText(edition.evidenceHead, language) : `${said.head}: ${said.noHead}`,
  ];
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page);
    pdf
      .moveTo(PAGE.margin, y - 6)
      .lineTo(PAGE.margin + CONTENT_WIDTH, y - 6)
      .lineWidth(0.5)
      .strokeColor(INK.line)
      .stroke();
    pdf.font(REGULAR).fontSize(8).fillColor(INK.soft);
    const name = `${title[language]} · ${institution} · ${said.span(period.from, period.to)}${edition ? ` · v${edition.version}` : ''}`;
    pdf.text(name, PAGE.margin, y, { width: CONTENT_WIDTH - 90, height: 11, ellipsis: true });
    pdf.text(said.page(page + 1, count), PAGE.margin + CONTENT_WIDTH - 90, y, { width: 90, align: 'right' });
    pdf.fontSize(6.5);
    for (const [line, pin] of (pins ?? []).entries()) pdf.text(pin, PAGE.margin, y + 12 + 9 * line, { width: CONTENT_WIDTH, height: 9 });
  }
}

interface Section {
  readonly title: string;
  draw(flow: Flow): void;
}

function sectionsOf(document: ReportDocument, language: Language, rows: readonly SheetRows[]): Section[] {
  const said = SAID[language];
  const { tables, chart, trend, edition, rowFiles, timeZone } = document;
  const tableOf = (id: string | undefined): ReportTable | undefined => tables.find((table) => table.id === id);
  const [bars, lines] = [tableOf(chart?.table), tableOf(trend?.table)];
  return [
    { title: said.figures, draw: (flow) => drawFigures(flow, document, language) },
    ...(edition?.correction ? [{ title: said.corrections, draw: (flow: Flow) => drawCorrection(flow, document, language) }] : []),
    ...((chart && bars) || (trend && lines)
      ? [
          {
            title: said.charts,
            draw: (flow: Flow) => {
              if (chart && bars) drawChart(flow, chart, bars, language);
              if (trend && lines) drawLines(flow, trend, lines, language);
            },
          },
        ]
      : []),
    ...tables.map((table) => ({
      title: `${table.title[language]}${commonUnit(table, language) === null ? '' : said.unit(commonUnit(table, language) ?? '')}`,
      draw: (flow: Flow) => drawReportTable(flow, table, language),
    })),
    ...rowFiles.flatMap((file) => {
      const { listed, name, title } = file;
      const list = { file, rows: rows.find((one) => one.name === name), timeZone };
      return listed ? [{ title: title[language], draw: (flow: Flow) => drawList(flow, { ...list, listed }, language) }] : [];
    }),
    { title: said.end, draw: (flow) => drawEnd(flow, document, language) },
  ];
}

/** The report on paper, in one language, piece by piece: cover, contents, what it says, and the rows of files that are printed. */
export async function* renderPdf(
  document: ReportDocument,
  language: Language = 'zh',
  rows: readonly SheetRows[] = [],
): AsyncGenerator<Buffer> {
  const pdf = await openPdf(document, language);
  const flow = new Flow(pdf);
  drawCover(flow, document, language);
  const sections = sectionsOf(document, language, rows);
  for (let page = contentsPages(sections.length); page > 0; page -= 1) flow.newPage();
  flow.newPage();
  const entries: Entry[] = [];
  for (const [index, { title, draw }] of sections.entries()) {
    const heading = SAID[language].section(index, title);
    flow.heading(heading);
    const page = pdf.bufferedPageRange().count;
    pdf.addNamedDestination(`page-${page}`);
    entries.push({ title: heading, page });
    draw(flow);
  }
  drawContents(flow, 1, entries, language);
  drawFeet(pdf, document, language);
  pdf.end();
  yield* pdf as unknown as AsyncIterable<Buffer>;
}
