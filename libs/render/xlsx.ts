import writeXlsxFile, { type CellObject, type Row, type Sheet } from 'write-excel-file/node';
import { cellText, type Cell } from './csv.ts';
import { DISCLAIMER, traceText, type ReportDocument, type ReportTable, type Words } from './document.ts';
import { dateZip } from './zip-date.ts';

const HEAD = { fontWeight: 'bold', backgroundColor: '#E8EDF3', wrap: true, alignVertical: 'center' } as const;
const both = ({ zh, en }: Words): string => `${zh} ${en}`;
const text = (value: string): CellObject => ({ value: cellText(value), type: String });
const wrapped = (value: string): CellObject => ({ ...text(value), wrap: true, alignVertical: 'top' });
const head = (value: string): CellObject => ({ ...text(value), ...HEAD });
const withUnit = (label: Words, unit: Words): string => `${label.zh}（${unit.zh}）\n${label.en} (${unit.en})`;
const number = (value: number | null): CellObject | null =>
  value === null ? null : { value, type: Number, format: Number.isInteger(value) ? '#,##0' : '0.0' };

// Excel refuses these in a name, and one longer than 31.
const sheetName = (title: string, used: Set<string>): string => {
  const name = title.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 28);
  const free = used.has(name) ? `${name} ${used.size}` : name;
  used.add(free);
  return free;
};

function summary(document: ReportDocument): Row[] {
  const { title, institution, period, timeZone, generatedAt } = document;
  const about = (label: string, value: string): Row => [text(label), wrapped(value)];
  return [
    [{ ...text(title.zh), fontWeight: 'bold', fontSize: 16 }],
    [text(title.en)],
    about('机构 Institution', institution),
    about('报告期 Period', `${period.from} — ${period.to} (${timeZone})`),
    about('生成时间 Generated at', generatedAt),
    [],
    ['指标 Figure', '数值 Value', '单位 Unit', '行文件 Rows in', '取行条件 Select', '编号 Id'].map(head),
    ...document.figures.map(({ id, label, value, unit, trace }): Row => [
      wrapped(both(label)),
      number(value),
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
    ...rows.map(({ label, cells }): Row => [
      wrapped(label.zh === label.en ? label.zh : both(label)),
      ...cells.map(({ value }) => number(value)),
    ]),
    ...(note ? [[], [text(note.zh)], [text(note.en)]] : []),
  ];
}

/** Figures and tables, a sheet each. The rows are not in it: a sheet holds a million at most. */
export async function renderXlsx(document: ReportDocument): Promise<Buffer> {
  const used = new Set<string>();
  const sheets: Sheet<string | Buffer>[] = [
    { sheet: sheetName('指标 Figures', used), data: summary(document), columns: [46, 14, 14, 22, 52, 34].map((width) => ({ width })) },
    ...document.tables.map((table) => ({
      sheet: sheetName(table.title.zh, used),
      data: tableRows(table),
      stickyRowsCount: 1,
      columns: [{ width: 36 }, ...table.columns.map(() => ({ width: 16 }))],
    })),
  ];
  const zip = await writeXlsxFile(sheets as never, { fontFamily: 'Noto Sans SC', fontSize: 10 }).toBuffer();
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
