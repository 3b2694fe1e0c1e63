/** The same in both languages of the product. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** About one cell of a row: it reads so, its list (separated by `;`) has this item, or it is not empty. */
export type Condition =
  | { readonly column: string; readonly is: string }
  | { readonly column: string; readonly has: string }
  | { readonly column: string; readonly filled: true };

/**
 * How a number is found again in a rows file: the rows that meet all conditions are counted; as a `share`, in percent of the rows that meet
 * `of`; or the median or 90th percentile (nearest rank) of their `column` is taken.
 */
export interface Trace {
  readonly file: string;
  readonly filter: readonly Condition[];
  readonly measure: 'count' | 'share' | 'median' | 'p90';
  readonly of?: readonly Condition[];
  readonly column?: string;
}

/** A number of the report. Null: there is nothing to take it of. */
export interface Figure {
  readonly id: string;
  readonly label: Words;
  readonly value: number | null;
  readonly unit: Words;
  readonly trace: Trace;
}

export interface TableColumn {
  readonly id: string;
  readonly label: Words;
  readonly unit: Words;
}

export interface TableCell {
  readonly value: number | null;
  readonly trace: Trace;
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

/** A file of the rows that were counted. */
export interface RowsFile {
  readonly name: string;
  readonly title: Words;
  readonly columns: readonly { readonly id: string; readonly label: Words }[];
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

const conditionText = (condition: Condition): string => {
  if ('is' in condition) return `${condition.column}=${condition.is === '' ? '""' : condition.is}`;
  return 'has' in condition ? `${condition.column}~${condition.has}` : `${condition.column}≠""`;
};

const conditionsText = (conditions: readonly Condition[]): string =>
  conditions.length === 0 ? '*' : conditions.map(conditionText).join(' & ');

/** A trace on one line: `count(verdict=refused & rules~quiet-hours)`; `~` reads "has the item". */
export function traceText({ measure, filter, of, column }: Trace): string {
  const selected = conditionsText(filter);
  if (measure === 'share') return `share(${selected} / ${conditionsText(of ?? [])})`;
  return column === undefined ? `${measure}(${selected})` : `${measure}(${column}: ${selected})`;
}

/** Nearest rank: the smallest value that at least this share of the values do not exceed. `counts` by value, in ascending order. */
export function percentile(counts: readonly (readonly [value: number, count: number])[], share: number): number | null {
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  let rank = Math.max(1, Math.ceil(share * total));
  for (const [value, count] of counts) {
    rank -= count;
    if (rank <= 0) return value;
  }
  return null;
}

/** In percent, with one decimal; null of nothing. */
export const percent = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part * 1000) / whole) / 10);
