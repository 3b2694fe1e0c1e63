import type { Condition, Trace } from '#trace';

/** The same in both languages of the product. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A number of the report. Null: there is nothing to take it of, or it is left out. */
export interface Figure {
  readonly id: string;
  readonly label: Words;
  readonly value: number | null;
  readonly unit: Words;
  readonly trace: Trace;
  /** Of a public version: left out, since it or another could point at a person. */
  readonly suppressed?: true;
}

export interface TableColumn {
  readonly id: string;
  readonly label: Words;
  readonly unit: Words;
}

export interface TableCell {
  readonly value: number | null;
  readonly trace: Trace;
  readonly suppressed?: true;
}

export interface TableRow {
  readonly key: string;
  readonly label: Words;
  readonly cells: readonly TableCell[];
}

export interface ReportTable {
  readonly id: string;
  readonly title: Words;
  /** What the rows are: the head of their first column. */
  readonly rowLabel: Words;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly note?: Words;
  /** Its rows are persons: no public version has it. */
  readonly ofPersons?: true;
}

/** Bars over the rows of a table, its columns on top of each other: a drawing has no numbers of its own. */
export interface BarChart {
  readonly title: Words;
  readonly table: string;
  readonly columns: readonly string[];
  readonly xLabel: Words;
  /** With its unit. */
  readonly yLabel: Words;
}

/** A line a column over the rows of a table, as time goes by. */
export type LineChart = BarChart;

/** A number that a correction changed; null before or after: it was not there, there was nothing to take it of, or it is left out. */
export interface Change {
  readonly id: string;
  readonly label: Words;
  readonly unit: Words;
  readonly before: number | null;
  readonly after: number | null;
}

export interface Correction {
  /** The report that it corrects, and its version. */
  readonly of: string;
  readonly version: number;
  readonly reason: string;
  readonly changes: readonly Change[];
}

/** What was sealed in the evidence log when the rows were read. */
export type EvidenceHead = Readonly<Record<string, unknown>>;

/** Which of its versions a report is, for whom, and what it pins. */
export interface Edition {
  readonly version: number;
  readonly audience: 'internal' | 'public';
  /** The case or the like that it is about. */
  readonly subject: string | null;
  readonly evidenceHead: EvidenceHead | null;
  readonly correction: Correction | null;
  /** SHA-256 of the document without this line, as `renderJson` writes it; null while it is taken. */
  readonly sha256: string | null;
}

/** A column of a list that is printed: for whoever has the paper alone. */
export interface ListedColumn {
  readonly head: Words;
  /** The column of the file that stands there, in each language. */
  readonly from: Words;
  /** Its part of the width; those of a list add up to 1. */
  readonly share: number;
  /** Words for a value, or for each item of a list; itself where it has none. */
  readonly names?: Readonly<Record<string, Words>>;
}

/** A file of the rows that were counted. */
export interface RowsFile {
  readonly name: string;
  readonly title: Words;
  readonly columns: readonly { readonly id: string; readonly label: Words }[];
  /** Printed row by row in the PDF, while there are not too many. */
  readonly listed?: readonly ListedColumn[];
  readonly rows: number;
}

/** One report, as plain data: the same document gives the same bytes in every format. */
export interface ReportDocument {
  readonly kind: string;
  readonly title: Words;
  readonly institution: string;
  /** Local dates in `timeZone`, both inclusive. */
  readonly period: { readonly from: string; readonly to: string };
  readonly timeZone: string;
  /** When the rows were read, RFC 3339 with the offset of the zone. */
  readonly generatedAt: string;
  readonly figures: readonly Figure[];
  readonly tables: readonly ReportTable[];
  readonly chart: BarChart | null;
  readonly trend?: LineChart;
  readonly edition?: Edition;
  readonly notes: readonly Words[];
  readonly sources: readonly Words[];
  readonly rowFiles: readonly RowsFile[];
}

export const DISCLAIMER: Words = {
  zh: '本报告由内部控制工具依据系统记录生成，供合规管理使用，不构成法律意见。',
  en: 'Made by a control from the records of the system, for the management of compliance; it is not legal advice.',
};

/** The id of a number in a table. */
export const cellId = (table: ReportTable, row: TableRow, column: TableColumn): string => `${table.id}.${row.key}.${column.id}`;

/** A figure, or a cell of a table with the id that it has. */
export type ReportNumber = Pick<Figure, 'id' | 'label' | 'value' | 'unit' | 'trace' | 'suppressed'>;

const NO_WORDS: Words = { zh: '', en: '' };

/** Every number of the report, the figures first. */
export function numbersOf({ figures, tables }: Pick<ReportDocument, 'figures' | 'tables'>): ReportNumber[] {
  const cells = tables.flatMap((table) =>
    table.rows.flatMap((row) =>
      table.columns.flatMap((column, index): ReportNumber[] => {
        const cell = row.cells[index];
        if (cell === undefined) return [];
        const label = { zh: `${row.label.zh} · ${column.label.zh}`, en: `${row.label.en} · ${column.label.en}` };
        return [{ ...cell, id: cellId(table, row, column), label, unit: column.unit ?? NO_WORDS }];
      }),
    ),
  );
  return [...figures, ...cells];
}

/** What another version of the same report says otherwise. */
export function changesBetween(before: readonly ReportNumber[], after: readonly ReportNumber[]): Change[] {
  const was = new Map(before.map((one) => [one.id, one]));
  const is = new Map(after.map((one) => [one.id, one]));
  return [...is.values(), ...before.filter(({ id }) => !is.has(id))].flatMap(({ id, label, unit }): Change[] => {
    const [old, now] = [was.get(id)?.value ?? null, is.get(id)?.value ?? null];
    return old === now ? [] : [{ id, label, unit, before: old, after: now }];
  });
}

const conditionText = (condition: Condition): string => {
  if ('is' in condition) return `${condition.column}=${condition.is === '' ? '""' : condition.is}`;
  if ('isNot' in condition) return `${condition.column}≠${condition.isNot === '' ? '""' : condition.isNot}`;
  return 'has' in condition ? `${condition.column}~${condition.has}` : `${condition.column}≠""`;
};

const conditionsText = (conditions: readonly Condition[]): string =>
  conditions.length === 0 ? '*' : conditions.map(conditionText).join(' & ');

/** A trace on one line: `count(verdict=refused & rules~quiet-hours)`; `~` reads "has the item". */
export function traceText({ measure, filter, of, column }: Trace): string {
  const selected = conditionsText(filter);
  if (measure === 'share') return `share(${column === undefined ? '' : `${column}: `}${selected} / ${conditionsText(of ?? [])})`;
  return column === undefined ? `${measure}(${selected})` : `${measure}(${column}: ${selected})`;
}
