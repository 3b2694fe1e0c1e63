import { percent, percentile, type Condition, type Trace } from './trace.ts';

/** A row of a rows file: its cells by column. */
export type TracedRow = Readonly<Record<string, string>>;

/** Whether the row meets every condition. */
export function meets(row: TracedRow, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => {
    const cell = row[condition.column] ?? '';
    if ('is' in condition) return cell === condition.is;
    if ('isNot' in condition) return cell !== condition.isNot;
    return 'has' in condition ? cell.split(';').includes(condition.has) : cell !== '';
  });
}

/** The number that a trace gives on the rows of its file: what whoever doubts a figure does by hand. */
export function recount(trace: Trace, rows: readonly TracedRow[]): number | null {
  const selected = rows.filter((row) => meets(row, trace.filter));
  if (trace.measure === 'count') return selected.length;
  const sumOf = (some: readonly TracedRow[]): number => some.reduce((sum, row) => sum + Number(row[trace.column ?? '']), 0);
  if (trace.measure === 'sum') return sumOf(selected);
  if (trace.measure === 'share') {
    const whole = rows.filter((row) => meets(row, trace.of ?? []));
    return trace.column === undefined ? percent(selected.length, whole.length) : percent(sumOf(selected), sumOf(whole));
  }
  const values = selected.map((row) => Number(row[trace.column ?? ''])).toSorted((a, b) => a - b);
  return percentile(
    values.map((value) => [value, 1] as const),
    trace.measure === 'median' ? 0.5 : 0.9,
  );
}
