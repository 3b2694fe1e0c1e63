import { cellText } from '#trace';
import { numbersOf, traceText, type ReportDocument, type ReportNumber, type Words } from './document.ts';

/** Before the first byte: spreadsheets take a file without it for one in the encoding of their machine. */
const BOM = '\uFEFF';
const PIECE_CHARACTERS = 64 * 1024;

export type Cell = string | number | null;

function cell(value: Cell): string {
  if (value === null) return '';
  const text = typeof value === 'number' ? String(value) : cellText(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One record as in RFC 4180. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cell).join(',')}\r\n`;

/** A rows file, piece by piece, in flat memory. */
export async function* rowsCsv(
  columns: readonly string[],
  batches: AsyncIterable<readonly (readonly Cell[])[]>,
  withBom = true,
): AsyncGenerator<Buffer> {
  let text = (withBom ? BOM : '') + csvLine(columns);
  for await (const batch of batches) {
    for (const row of batch) text += csvLine(row);
    if (text.length < PIECE_CHARACTERS) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

const COLUMNS = ['id', 'labelZh', 'labelEn', 'value', 'unitZh', 'unitEn', 'file', 'select'];

/** What stands where a number was left out. */
export const LEFT_OUT = '*';

/** Every number of the report on a line of its own, with where its rows are. */
export function renderCsv(document: ReportDocument, withBom = true): string {
  const { title, institution, period, timeZone, generatedAt, edition } = document;
  const about = (id: string, label: Words, value: string | null): string => csvLine([id, label.zh, label.en, value, '', '', '', '']);
  const number = ({ id, label, value, unit, trace, suppressed }: ReportNumber): string =>
    csvLine([id, label.zh, label.en, suppressed ? LEFT_OUT : value, unit.zh, unit.en, trace.file, traceText(trace)]);
  const pins = edition && [
    about('report.version', { zh: '版本', en: 'Version' }, String(edition.version)),
    about('report.audience', { zh: '用途', en: 'Audience' }, edition.audience),
    about('report.sha256', { zh: '数据摘要', en: 'Digest of the data' }, edition.sha256),
    ...(edition.subject === null ? [] : [about('report.subject', { zh: '对象', en: 'Subject' }, edition.subject)]),
    ...(edition.correction?.changes ?? []).map(({ id, label, unit, before, after }) =>
      csvLine([`changed.${id}`, label.zh, label.en, `${before ?? ''} → ${after ?? ''}`, unit.zh, unit.en, '', '']),
    ),
  ];
  return [
    (withBom ? BOM : '') + csvLine(COLUMNS),
    about('report.kind', title, document.kind),
    about('report.institution', { zh: '机构', en: 'Institution' }, institution),
    about('report.from', { zh: '报告期自', en: 'Period from' }, period.from),
    about('report.to', { zh: '报告期至', en: 'Period to' }, period.to),
    about('report.timeZone', { zh: '时区', en: 'Time zone' }, timeZone),
    about('report.generatedAt', { zh: '生成时间', en: 'Generated at' }, generatedAt),
    ...(pins ?? []),
    ...numbersOf(document).map(number),
  ].join('');
}
