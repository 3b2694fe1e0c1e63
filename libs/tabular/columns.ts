import { TableError } from './table-error.ts';

export interface Column {
  readonly name: string;
  /** A required column must be in the header; whether its cells may be empty is the reader's business. */
  readonly required: boolean;
}

const list = (names: Iterable<string>): string => [...names].map((name) => (name === '' ? '(no name)' : name)).join(', ');

/**
 * Which cell of a row goes to which column; null when the header is exactly the columns in their order. `others`: whether columns that
 * nobody asked for are a fault, or are passed over.
 * @throws TableError `columns` naming every fault at once and what was expected
 */
export function matchColumns(
  header: readonly string[],
  columns: readonly Column[],
  row: number,
  others: 'refuse' | 'ignore' = 'refuse',
): readonly number[] | null {
  const known = new Set(columns.map((column) => column.name));
  const unknown = new Set(others === 'ignore' ? [] : header.filter((name) => !known.has(name)));
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of header) if (others === 'refuse' || known.has(name)) (seen.has(name) ? twice : seen).add(name);
  const missing = columns.filter((column) => column.required && !seen.has(column.name)).map((column) => column.name);
  const faults: string[] = [];
  if (unknown.size > 0) faults.push(`unknown: ${list([...unknown].slice(0, 20).map((name) => name.slice(0, 60)))}`);
  if (twice.size > 0) faults.push(`twice: ${list([...twice].slice(0, 20).map((name) => name.slice(0, 60)))}`);
  if (missing.length > 0) faults.push(`missing: ${list(missing)}`);
  if (faults.length > 0) {
    const expected = columns.map((column) => (column.required ? column.name : `${column.name} (optional)`)).join(', ');
    const advice = header.length === 1 && /[;|]/.test(header[0] ?? '') ? ' Cells must be separated by commas or tabs.' : '';
    const detail = `The columns in row ${row} are not the expected ones: ${faults.join('; ')}.${advice} Expected: ${expected}.`;
    throw new TableError('columns', detail, row, [...unknown, ...twice, ...missing][0]);
  }
  const order = columns.map((column) => header.indexOf(column.name));
  return order.length === header.length && order.every((from, at) => from === at) ? null : order;
}
