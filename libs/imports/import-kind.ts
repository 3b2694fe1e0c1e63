import type { Tx } from '#pg';
import type { Column, TableBatch, TableRow } from '#tabular';
import type { ImportRecord, RowFault, Stored } from './import.store.ts';

/** What a batch did; rows that could not be read at all are the runner's to report. */
export interface BatchOutcome extends Stored {
  readonly faults: readonly RowFault[];
}

/** A kind of file that a service imports. */
export interface ImportKind {
  readonly columns: readonly Column[];
  /** Stores a batch of an import in the transaction that notes its progress. The same rows again change nothing. */
  storeBatch(tx: Tx, record: ImportRecord, batch: TableBatch): Promise<BatchOutcome>;
}

/** The kinds of the service by name. */
export type ImportKinds = ReadonlyMap<string, ImportKind>;
export const IMPORT_KINDS = Symbol('import kinds');

export const isFault = (row: object): row is RowFault => 'code' in row && 'detail' in row;

/** Reads each row, and parts those that can be stored from those that cannot. */
export function readRows<Row extends object>(
  rows: readonly TableRow[],
  read: (row: TableRow) => Row | RowFault,
): { good: Row[]; faults: RowFault[] } {
  const good: Row[] = [];
  const faults: RowFault[] = [];
  for (const row of rows) {
    const result = read(row);
    if (isFault(result)) faults.push(result);
    else good.push(result);
  }
  return { good, faults };
}
