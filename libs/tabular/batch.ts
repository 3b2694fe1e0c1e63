import type { RowError } from './table-error.ts';

export interface TableRow {
  /** As a spreadsheet counts: the header is 1, so the first data row is 2; blank rows count, a line break inside quotes does not. */
  readonly row: number;
  /** One text per column asked for, in that order; '' for an optional column that the file does not have. */
  readonly values: readonly string[];
}

export interface TableBatch {
  /** At most `batchRows` rows, in the order of the file. */
  readonly rows: readonly TableRow[];
  /** The rows left out since the last batch. */
  readonly errors: readonly RowError[];
  /** Bytes of the source read so far, for progress. */
  readonly bytesRead: number;
}
