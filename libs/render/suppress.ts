import type { Condition, Trace } from '#trace';
import { cellId, traceText, type ReportDocument, type ReportTable } from './document.ts';

/** Up to so many of something, and a number points at somebody. */
export const SMALLEST_SHOWN = 5;

interface Counted {
  readonly value: number;
  readonly trace: Trace;
}

/** Numbers that add up: whoever knows all but one knows that one as well. The last is the sum of the others. */
type Sum = readonly string[];

// The same rows counted twice are one number, wherever it stands: what is left out here must not stand there.
const keyOf = ({ file, filter, measure }: Trace): string =>
  traceText({ file, filter: filter.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)), measure }) + file;

const countKey = (file: string, filter: readonly Condition[]): string => keyOf({ file, filter, measure: 'count' });

interface Line {
  readonly parts: readonly string[];
  readonly total: string;
}

/** What adds up to a figure down a column, or to another number across a row. Found by the values: what adds up gives away, meant or not. */
function sumsOf({ figures, tables }: ReportDocument, counts: ReadonlyMap<string, Counted>): Sum[] {
  const value = (key: string): number => counts.get(key)?.value ?? 0;
  const wholes = figures.map(({ trace }) => trace).filter(({ measure }) => measure === 'count');
  const lines = [...tables.flatMap((table) => [...columnLines(table, wholes), ...rowLines(table)]), ...partitions(wholes)];
  return lines
    .filter(({ parts, total }) => parts.length > 0 && parts.reduce((sum, part) => sum + value(part), 0) === value(total))
    .map(({ parts, total }) => [...new Set(parts), total]);
}

function columnLines(table: ReportTable, wholes: readonly Trace[]): Line[] {
  return table.columns.flatMap((_column, index) => {
    const traces = table.rows.flatMap(({ cells }) => {
      const trace = cells[index]?.trace;
      return trace?.measure === 'count' ? [trace] : [];
    });
    const parts = traces.map(keyOf);
    return wholes.filter(({ file }) => file === traces[0]?.file).map((whole) => ({ parts, total: keyOf(whole) }));
  });
}

/** In each row: all columns that narrow another one. */
function rowLines({ rows }: ReportTable): Line[] {
  return rows.flatMap(({ cells }) => partitions(cells.map(({ trace }) => trace)));
}

const same = (a: Condition, b: Condition): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Counts whose filter is that of another and one condition more, by the column of that condition. */
function partitions(traces: readonly Trace[]): Line[] {
  const counts = traces.filter(({ measure }) => measure === 'count');
  return counts.flatMap((whole) => {
    const byColumn = new Map<string, string[]>();
    for (const part of counts) {
      const more = part.filter.filter((one) => !whole.filter.some((other) => same(one, other)));
      const [only] = more;
      if (part.file !== whole.file || only === undefined || more.length !== 1 || part.filter.length !== whole.filter.length + 1) continue;
      byColumn.set(only.column, [...(byColumn.get(only.column) ?? []), keyOf(part)]);
    }
    return [...byColumn.values()].map((parts) => ({ parts, total: keyOf(whole) }));
  });
}

/**
 * Whether the numbers left out of a sum can be told apart enough: two at least, and none of them bound to be small. What is left out is 1 or more, so
 * with n left out that make up `rest`, each may be up to rest - n + 1.
 */
function isSafe(sum: Sum, hidden: ReadonlySet<string>, counts: ReadonlyMap<string, Counted>): boolean {
  const gone = sum.filter((key) => hidden.has(key));
  if (gone.length === 0) return true;
  if (gone.length === 1) return false;
  // With the sum itself left out, its parts are bound by nothing but each other.
  if (gone.includes(sum.at(-1) ?? '')) return true;
  const rest = gone.reduce((total, key) => total + (counts.get(key)?.value ?? 0), 0);
  return rest - gone.length + 1 >= SMALLEST_SHOWN;
}

/** Those of the hidden numbers that the sums, taken together, leave only one value for. */
function determined(sums: readonly Sum[], hidden: ReadonlySet<string>): Set<string> {
  const names = [...hidden];
  const rows = sums.map((sum) => names.map((name): number => (sum.at(-1) === name ? -1 : sum.includes(name) ? 1 : 0)));
  let top = 0;
  for (let column = 0; column < names.length && top < rows.length; column += 1) {
    const found = rows.findIndex((row, index) => index >= top && Math.abs(row[column] ?? 0) > 1e-9);
    if (found < 0) continue;
    const pivot = rows[found] ?? [];
    rows[found] = rows[top] ?? [];
    const by = pivot[column] ?? 1;
    const scaled = pivot.map((cell) => cell / by);
    for (const [index, row] of rows.entries()) {
      const times = row[column] ?? 0;
      if (index !== top && times !== 0) rows[index] = row.map((cell, at) => cell - times * (scaled[at] ?? 0));
    }
    rows[top] = scaled;
    top += 1;
  }
  return new Set(
    rows.slice(0, top).flatMap((row) => {
      const left = names.filter((_name, at) => Math.abs(row[at] ?? 0) > 1e-9);
      return left.length === 1 ? left : [];
    }),
  );
}

/** The counts that have to be left out: small ones, and as many more as it takes that nothing adds up to them. */
function hiddenOf(document: ReportDocument, counts: ReadonlyMap<string, Counted>): ReadonlySet<string> {
  const value = (key: string): number => counts.get(key)?.value ?? 0;
  const hidden = new Set([...counts].filter(([, one]) => one.value > 0 && one.value < SMALLEST_SHOWN).map(([key]) => key));
  const sums = sumsOf(document, counts);
  /** The smallest of the sum that is still shown; false: there is none. */
  const hideOneOf = (sum: Sum): boolean => {
    const [next] = sum.filter((key) => !hidden.has(key) && value(key) > 0).toSorted((a, b) => value(a) - value(b));
    if (next !== undefined) hidden.add(next);
    return next !== undefined;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const sum of sums) while (!isSafe(sum, hidden, counts) && hideOneOf(sum)) changed = true;
    if (changed) continue;
    const known = determined(sums, hidden);
    for (const sum of sums) if (sum.some((key) => known.has(key)) && hideOneOf(sum)) changed = true;
  }
  return hidden;
}

/**
 * The report as the public may have it: no number from 1 to 4, none that would give such a number away, no share, median or percentile that rests on
 * one, no table of persons, and no rows. Zeros stay: they point at nobody.
 */
export function suppressed(whole: ReportDocument): ReportDocument {
  const document = { ...whole, tables: whole.tables.filter(({ ofPersons }) => !ofPersons) };
  const all = [...document.figures, ...document.tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells))];
  const counts = new Map<string, Counted>();
  for (const { value, trace } of all) if (trace.measure === 'count' && value !== null) counts.set(keyOf(trace), { value, trace });
  const hidden = hiddenOf(document, counts);
  // What nothing in the report counts is not known to be large.
  const shown = (file: string, filter: readonly Condition[]): boolean => {
    const key = countKey(file, filter);
    return counts.has(key) && !hidden.has(key);
  };
  const isHidden = ({ value, trace }: { readonly value: number | null; readonly trace: Trace }): boolean => {
    if (value === null) return false;
    if (trace.measure === 'count') return hidden.has(keyOf(trace));
    if (trace.measure === 'share') return !shown(trace.file, trace.filter) || !shown(trace.file, trace.of ?? []);
    return !shown(trace.file, trace.filter) || (counts.get(countKey(trace.file, trace.filter))?.value ?? 0) < SMALLEST_SHOWN;
  };
  const without = <T extends { readonly value: number | null; readonly trace: Trace }>(one: T): T =>
    isHidden(one) ? { ...one, value: null, suppressed: true } : one;
  return {
    ...document,
    figures: document.figures.map(without),
    tables: document.tables.map((table) => ({ ...table, rows: table.rows.map((row) => ({ ...row, cells: row.cells.map(without) })) })),
    notes: [...document.notes, NOTE],
    rowFiles: [],
  };
}

/** Which numbers of a document are left out, by id; for whoever checks. */
export const leftOut = ({ figures, tables }: ReportDocument): string[] => [
  ...figures.filter((figure) => figure.suppressed).map(({ id }) => id),
  ...tables.flatMap((table) =>
    table.rows.flatMap((row) =>
      table.columns.flatMap((column, index) => (row.cells[index]?.suppressed ? [cellId(table, row, column)] : [])),
    ),
  ),
];

const NOTE = {
  zh: '公开版：1 至 4 的数字以及可据以推算出该等数字的数字以 * 代替；以其为基础的占比与分位数同样不列；不列以人员为行的表；不附行文件。',
  en: 'Public version: numbers from 1 to 4 are replaced by *, and so is what they could be worked out from; shares and percentiles that rest on them are left out, and so are tables of persons and the rows.',
};
