import { DISCLAIMER, traceText, type ReportDocument, type ReportTable } from '../document.ts';
import { drawChart } from './draw-chart.ts';
import { drawTable, type Column } from './draw-table.ts';
import { BOLD, CONTENT_WIDTH, Flow, INK, numberText, openPdf, PAGE, REGULAR, type Pdf } from './page.ts';

const ORDINALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const ordinal = (index: number): string => (index < 10 ? (ORDINALS[index] ?? '') : `十${ORDINALS[index - 10] ?? index + 1}`);
const NUMBER_WIDTH = 62;

function drawTitle(flow: Flow, { title, institution, period, timeZone, generatedAt }: ReportDocument): void {
  flow.text(title.zh, { font: BOLD, size: 20, gap: 2 });
  flow.text(title.en, { size: 10, color: INK.soft, gap: 8 });
  const about = [
    ['机构', institution],
    ['报告期', `${period.from} 至 ${period.to}（含首尾，${timeZone}）`],
    ['生成时间', generatedAt],
  ] as const;
  for (const [label, value] of about) {
    const { y } = flow;
    flow.text(value, { x: PAGE.margin + 64, width: CONTENT_WIDTH - 64 });
    flow.pdf.font(REGULAR).fontSize(9.5).fillColor(INK.soft).text(label, PAGE.margin, y, { lineBreak: false });
  }
}

function drawFigures(flow: Flow, { figures }: ReportDocument): void {
  const columns: Column[] = [
    { head: '指标', width: 176, align: 'left' },
    { head: '数值', width: NUMBER_WIDTH, align: 'right' },
    { head: '单位', width: 40, align: 'left' },
    { head: '取数口径（行文件与条件）', width: CONTENT_WIDTH - 278, align: 'left' },
  ];
  const rows = figures.map(({ label, value, unit, trace }) => [label.zh, numberText(value), unit.zh, `${trace.file}：${traceText(trace)}`]);
  drawTable(flow, columns, rows);
}

/** The unit of every column, where it is one: then it stands in the heading, and narrow columns keep short heads. */
function commonUnit({ columns }: ReportTable): string | null {
  const units = new Set(columns.map(({ unit }) => unit.zh));
  return units.size === 1 ? ([...units][0] ?? null) : null;
}

function drawReportTable(flow: Flow, table: ReportTable): void {
  const numbers = Math.min(NUMBER_WIDTH, (CONTENT_WIDTH - 96) / table.columns.length);
  const columns: Column[] = [
    { head: table.rowLabel.zh, width: CONTENT_WIDTH - numbers * table.columns.length, align: 'left' },
    ...table.columns.map(({ label, unit }): Column => ({
      head: commonUnit(table) ? label.zh : `${label.zh}（${unit.zh}）`,
      width: numbers,
      align: 'right',
    })),
  ];
  const rows = table.rows.map(({ label, cells }) => [label.zh, ...cells.map(({ value }) => numberText(value))]);
  if (rows.length === 0) flow.text('本期没有记录。', { color: INK.soft });
  else drawTable(flow, columns, rows);
  if (table.note) flow.text(table.note.zh, { size: 8, color: INK.soft });
}

function drawEnd(flow: Flow, { notes, sources, rowFiles }: ReportDocument, section: string): void {
  flow.heading(`${section}、口径、来源与复核`);
  for (const note of notes) flow.text(`· ${note.zh}`, { size: 8.5, gap: 2 });
  for (const source of sources) flow.text(`· ${source.zh}`, { size: 8.5, gap: 2 });
  for (const { name, title, rows } of rowFiles)
    flow.text(`· 行文件 ${name}：${title.zh}，共 ${numberText(rows)} 行。`, { size: 8.5, gap: 2 });
  flow.text(
    '· 取数口径的写法：= 单元格等于；~ 清单（以分号分隔）含有；≠"" 不为空；& 并且；* 全部行；count 计数；share 占比（分子 / 分母）；median 中位数，p90 第 90 百分位（最近秩法）。',
    {
      size: 8.5,
      gap: 6,
    },
  );
  flow.text(DISCLAIMER.zh, { size: 8.5, color: INK.soft, gap: 1 });
  flow.text(DISCLAIMER.en, { size: 8, color: INK.soft });
}

/** What stands at the foot of every page; the number of pages is known only at the end. */
function drawFeet(pdf: Pdf, { title, period, institution }: ReportDocument): void {
  const { start, count } = pdf.bufferedPageRange();
  const y = PAGE.height - 40;
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page);
    pdf
      .moveTo(PAGE.margin, y - 6)
      .lineTo(PAGE.margin + CONTENT_WIDTH, y - 6)
      .lineWidth(0.5)
      .strokeColor(INK.line)
      .stroke();
    pdf.font(REGULAR).fontSize(8).fillColor(INK.soft);
    pdf.text(`${title.zh} · ${institution} · ${period.from} 至 ${period.to}`, PAGE.margin, y, {
      width: CONTENT_WIDTH - 90,
      height: 11,
      ellipsis: true,
    });
    pdf.text(`第 ${page + 1} 页 / 共 ${count} 页`, PAGE.margin + CONTENT_WIDTH - 90, y, { width: 90, align: 'right' });
  }
}

/** The report on paper, in Chinese, piece by piece. */
export async function* renderPdf(document: ReportDocument, _language: 'zh' | 'en' = 'zh'): AsyncGenerator<Buffer> {
  const pdf = await openPdf(document);
  const flow = new Flow(pdf);
  drawTitle(flow, document);
  flow.heading('一、主要指标');
  drawFigures(flow, document);
  const charted = document.chart && document.tables.find(({ id }) => id === document.chart?.table);
  if (document.chart && charted) drawChart(flow, document.chart, charted);
  let section = 1;
  for (const table of document.tables) {
    const unit = commonUnit(table);
    flow.heading(`${ordinal(section)}、${table.title.zh}${unit === null ? '' : `（单位：${unit}）`}`);
    drawReportTable(flow, table);
    section += 1;
  }
  drawEnd(flow, document, ordinal(section));
  drawFeet(pdf, document);
  pdf.end();
  yield* pdf as unknown as AsyncIterable<Buffer>;
}
