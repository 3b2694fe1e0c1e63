// A report as its JSON file has it. The file is the service's; what of it the page shows is here.

export interface Words {
  readonly zh: string;
  readonly en: string;
}

export type Condition =
  | { readonly column: string; readonly is: string }
  | { readonly column: string; readonly isNot: string }
  | { readonly column: string; readonly has: string }
  | { readonly column: string; readonly filled: true };

/** How a number is found again in a file of rows. */
export interface Trace {
  readonly file: string;
  readonly filter: readonly Condition[];
  readonly measure: 'count' | 'share' | 'sum' | 'median' | 'p90';
  readonly of?: readonly Condition[];
  readonly column?: string;
}

export interface Figure {
  readonly id: string;
  readonly label: Words;
  readonly value: number | null;
  readonly unit: Words;
  readonly trace: Trace;
}

export interface ReportTable {
  readonly id: string;
  readonly title: Words;
  readonly rowLabel: Words;
  readonly columns: readonly { readonly id: string; readonly label: Words; readonly unit: Words }[];
  readonly rows: readonly {
    readonly key: string;
    readonly label: Words;
    readonly cells: readonly { readonly value: number | null; readonly trace: Trace }[];
  }[];
  readonly note?: Words;
}

export interface BarChart {
  readonly title: Words;
  readonly table: string;
  readonly columns: readonly string[];
  readonly xLabel: Words;
  readonly yLabel: Words;
}

/** A number that a correction changed. */
export interface Change {
  readonly id: string;
  readonly label: Words;
  readonly unit: Words;
  readonly before: number | null;
  readonly after: number | null;
}

export interface ReportDocument {
  readonly title: Words;
  readonly generatedAt: string;
  readonly timeZone: string;
  readonly figures: readonly Figure[];
  readonly tables: readonly ReportTable[];
  readonly chart: BarChart | null;
  readonly notes: readonly Words[];
  readonly sources: readonly Words[];
  readonly disclaimer?: Words;
  readonly edition?: { readonly correction: { readonly version: number; readonly changes: readonly Change[] } | null };
}

/** Whether it is a report that this page can show: a later installation may write it otherwise. */
export function isDocument(value: unknown): value is ReportDocument {
  if (typeof value !== 'object' || value === null) return false;
  const { figures, tables, notes, sources } = value as Partial<Record<keyof ReportDocument, unknown>>;
  return [figures, tables, notes, sources].every(Array.isArray);
}

const one = (condition: Condition): string => {
  if ('is' in condition) return `${condition.column}=${condition.is === '' ? '""' : condition.is}`;
  if ('isNot' in condition) return `${condition.column}≠${condition.isNot === '' ? '""' : condition.isNot}`;
  return 'has' in condition ? `${condition.column}~${condition.has}` : `${condition.column}≠""`;
};
const all = (conditions: readonly Condition[]): string => (conditions.length === 0 ? '*' : conditions.map(one).join(' & '));

/** A trace on one line, as it stands in the other formats: `count(verdict=refused & rules~quiet-hours)`. */
export function traceText({ measure, filter, of, column }: Trace): string {
  if (measure === 'share') return `share(${column === undefined ? '' : `${column}: `}${all(filter)} / ${all(of ?? [])})`;
  return column === undefined ? `${measure}(${all(filter)})` : `${measure}(${column}: ${all(filter)})`;
}

export interface Bars {
  readonly names: readonly Words[];
  readonly series: readonly { readonly label: Words; readonly values: readonly (number | null)[] }[];
}

/** What the chart of a report draws: columns of one of its tables. Null where there is none. */
export function barsOf({ chart, tables }: Pick<ReportDocument, 'chart' | 'tables'>): Bars | null {
  const table = tables.find(({ id }) => id === chart?.table);
  if (!chart || !table) return null;
  const series = chart.columns.flatMap((id) => {
    const at = table.columns.findIndex((column) => column.id === id);
    const column = table.columns[at];
    return column ? [{ label: column.label, values: table.rows.map((row) => row.cells[at]?.value ?? null) }] : [];
  });
  return { names: table.rows.map((row) => row.label), series };
}
