import writeXlsxFile, { type CellObject, type Row, type Sheet } from 'write-excel-file/node';
import { cellText } from '#trace';
import { LEFT_OUT, type Cell } from './csv.ts';
import { DISCLAIMER, numbersOf, traceText, type ReportDocument, type ReportTable, type Words } from './document.ts';
import { dateZip } from './zip-date.ts';

const HEAD = { fontWeight: 'bold', backgroundColor: '#E8EDF3', wrap: true, alignVertical: 'center' } as const;
const both = ({ zh, en }: Words): string => `${zh} ${en}`;
const text = (value: string): CellObject => ({ value: cellText(value), type: String, alignVertical: 'top' });
// A cell of a rows file has its apostrophe already.
const asRead = (value: string): CellObject | null => (value === '' ? null : { value, type: String });
const wrapped = (value: string): CellObject => ({ ...text(value), wrap: true });
const head = (value: string): CellObject => ({ ...text(value), ...HEAD });
const withUnit = (label: Words, unit: Words): string => `${label.zh}（${unit.zh}）\n${label.en} (${unit.en})`;
const number = (value: number | null): CellObject | null =>
  value === null ? null : { value, type: Number, format: Number.isInteger(value) ? '#,##0' : '0.0', alignVertical: 'top' };

const shown = ({ value, suppressed }: { readonly value: number | null; readonly suppressed?: boolean }): CellObject | null =>
  suppressed ? text(LEFT_OUT) : number(value);

// Excel refuses these in a name, and one longer than 31.
const sheetName = (title: string, used: Set<string>): string => {
  const name = title.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 28);
  const free = used.has(name) ? `${name} ${used.size}` : name;
  used.add(free);
  return free;
};

function summary(document: ReportDocument): Row[] {
  const { title, institution, period, timeZone, generatedAt, edition } = document;
  // Goes on over the empty cells at its right.
  const about = (label: string, value: string): Row => [text(label), text(value)];
  return [
    [{ ...text(title.zh), fontWeight: 'bold', fontSize: 16 }],
    [text(title.en)],
    about('机构 Institution', institution),
    about('报告期 Period', `${period.from} — ${period.to} (${timeZone})`),
    about('生成时间 Generated at', generatedAt),
    ...(edition
      ? [
          about('版本 Version', `${edition.version} · ${edition.audience}`),
          about('数据摘要 SHA-256', edition.sha256 ?? ''),
          about(
            '证据链头 Evidence head',
            edition.evidenceHead === null
              ? '尚未封存 nothing sealed yet'
              : `${String(edition.evidenceHead['size'])} 条 records · ${String(edition.evidenceHead['rootHash'])}`,
          ),
        ]
      : []),
    [],
    ['指标 Figure', '数值 Value', '单位 Unit', '行文件 Rows in', '取行条件 Select', '编号 Id'].map(head),
    ...document.figures.map(({ id, label, value, unit, trace, suppressed }): Row => [
      wrapped(both(label)),
      shown({ value, suppressed }),
      text(both(unit)),
      text(trace.file),
      wrapped(traceText(trace)),
      text(id),
    ]),
    [],
    ...[...document.notes, ...document.sources, DISCLAIMER].flatMap((words): Row[] => [[text(words.zh)], [text(words.en)]]),
  ];
}

function tableRows({ rowLabel, columns, rows, note }: ReportTable): Row[] {
  return [
    [head(`${rowLabel.zh}\n${rowLabel.en}`), ...columns.map(({ label, unit }) => head(withUnit(label, unit)))],
    ...rows.map(({ label, cells }): Row => [wrapped(label.zh === label.en ? label.zh : both(label)), ...cells.map(shown)]),
    ...(note ? [[], [text(note.zh)], [text(note.en)]] : []),
  ];
}

/** The rows of a file, as a sheet shows them: few enough for one. */
export interface SheetRows {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** More, and they stand in their file alone: a sheet of a million rows is opened by nobody. */
export const MOST_SHEET_ROWS = 20_000;

// A number, and no id that begins with nought or is too long for one.
const isNumber = (cell: string): boolean => /^-?(0|[1-9]\d{0,13})(\.\d+)?$/.test(cell);

function definitions(document: ReportDocument): Row[] {
  const heads = ['编号 Id', '名称 Name', '单位 Unit', '行文件 Rows in', '取数口径 How it is counted'];
  const numbers = numbersOf(document).map(({ id, label, unit, trace }): Row => [
    text(id),
    wrapped(label.zh === label.en ? label.zh : both(label)),
    text(both(unit)),
    text(trace.file),
    wrapped(traceText(trace)),
  ]);
  const columns = document.rowFiles.flatMap(({ name, columns: all }) =>
    all.map(({ id, label }): Row => [text(`${name} · ${id}`), wrapped(both(label)), null, text(name), text('列 column')]),
  );
  return [heads.map(head), ...numbers, ...columns];
}

function changes({ edition }: ReportDocument): Row[] {
  const correction = edition?.correction;
  if (!correction) return [];
  return [
    ['编号 Id', '数字 Number', '更正前 Before', '更正后 After', '单位 Unit'].map(head),
    ...correction.changes.map(({ id, label, unit, before, after }): Row => [
      text(id),
      wrapped(both(label)),
      number(before),
      number(after),
      text(both(unit)),
    ]),
    [],
    [text(`更正第 ${correction.version} 版 Corrects version ${correction.version}`), wrapped(correction.reason)],
  ];
}

const LINE_POINTS = 14;
/** Chinese letters are twice as wide as the others. */
const breadth = (line: string): number => [...line].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0);

/** Rows as high as what is wrapped in them: not every program finds that out when it opens the file. */
function withHeights(data: readonly Row[], widths: readonly number[]): Row[] {
  return data.map((row) => {
    const lines = row.map((cell, index) => {
      if (cell === null || typeof cell !== 'object' || !('wrap' in cell) || !cell.wrap) return 1;
      const room = Math.max(1, widths[index] ?? 1);
      return String(cell.value)
        .split('\n')
        .reduce((sum, line) => sum + Math.max(1, Math.ceil(breadth(line) / room)), 0);
    });
    const [first, ...rest] = row;
    const most = Math.max(1, ...lines);
    return most === 1 || first === null || typeof first !== 'object'
      ? row
      : [{ ...first, height: most * LINE_POINTS } as CellObject, ...rest];
  });
}

const letterOf = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : `${letterOf(Math.floor(column / 26) - 1)}${letterOf(column % 26)}`;

/** Its head stays in sight and filters; null: the sheet is no table. */
type Filtered = Sheet<string | Buffer> & { readonly filter: { readonly columns: number; readonly rows: number } | null };

const tableSheet = (sheet: string, data: Row[], widths: readonly number[], filterRows = data.length): Filtered => ({
  sheet,
  data: withHeights(data, widths),
  stickyRowsCount: 1,
  columns: widths.map((width) => ({ width })),
  filter: { columns: widths.length, rows: filterRows },
});

/** The filters that the library does not write. */
function withFilters(sheets: readonly Filtered[]) {
  const transform = (xml: string, _options: unknown, { sheetIndex }: { readonly sheetIndex: number }): string => {
    const filter = sheets[sheetIndex]?.filter;
    if (!filter || filter.rows < 1) return xml;
    return xml.replace('</sheetData>', `</sheetData><autoFilter ref="A1:${letterOf(filter.columns - 1)}${filter.rows}"/>`);
  };
  return { files: { transform: { 'xl/worksheets/sheet{id}.xml': { transform } } } };
}

const FIGURE_WIDTHS = [46, 14, 14, 22, 52, 34];

/** Figures, tables, what a correction changes, definitions, and the rows that are few enough: a sheet each. */
export async function renderXlsx(document: ReportDocument, rows: readonly SheetRows[] = []): Promise<Buffer> {
  const used = new Set<string>();
  const corrected = changes(document);
  const sheets: Filtered[] = [
    {
      sheet: sheetName('指标 Figures', used),
      data: withHeights(summary(document), FIGURE_WIDTHS),
      columns: FIGURE_WIDTHS.map((width) => ({ width })),
      filter: null,
    },
    ...document.tables.map((table) => {
      const data = tableRows(table);
      return tableSheet(sheetName(table.title.zh, used), data, [36, ...table.columns.map(() => 16)], table.rows.length + 1);
    }),
    ...(corrected.length > 0
      ? [tableSheet(sheetName('更正 Corrections', used), corrected, [34, 46, 14, 14, 14], corrected.length - 2)]
      : []),
    tableSheet(sheetName('口径 Definitions', used), definitions(document), [44, 46, 16, 24, 60]),
    ...rows.map(({ name, columns, rows: lines }) =>
      tableSheet(
        sheetName(name, used),
        [columns.map(head), ...lines.map((line): Row => line.map((cell) => (isNumber(cell) ? number(Number(cell)) : asRead(cell))))],
        columns.map(() => 20),
      ),
    ),
  ];
  const plain = sheets.map(({ filter: _filter, ...sheet }) => sheet);
  const options = { fontFamily: 'Noto Sans SC', fontSize: 10, features: [withFilters(sheets)] };
  const zip = await writeXlsxFile(plain as never, options as never).toBuffer();
  return dateZip(zip, document.generatedAt);
}

/** Rows alone, on one sheet under a head that stays; in memory, so for tens of thousands at most. */
export async function rowsXlsx(title: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Promise<Buffer> {
  const cell = (value: Cell): CellObject | null => (typeof value === 'string' ? text(value) : number(value));
  const sheet: Sheet<string | Buffer> = {
    sheet: sheetName(title, new Set()),
    data: [columns.map(head), ...rows.map((row): Row => row.map(cell))],
    stickyRowsCount: 1,
    columns: columns.map(() => ({ width: 20 })),
  };
  return writeXlsxFile([sheet] as never, { fontFamily: 'Noto Sans SC', fontSize: 10 }).toBuffer();
}
