export type TableErrorCode =
  | 'empty' // no header
  | 'binary' // not a table at all
  | 'encoding' // bytes that are no text
  | 'columns' // the header is not the expected one
  | 'line-too-long'
  | 'too-large' // a workbook that unpacks to more than anyone sends
  | 'workbook' // an XLSX that cannot be read
  | 'changed'; // other bytes than at the first pass

/** The file as a whole is refused. `detail` is for the person who sent it and never quotes a cell. */
export class TableError extends Error {
  constructor(
    readonly code: TableErrorCode,
    readonly detail: string,
    readonly row?: number,
    readonly column?: string,
  ) {
    super(detail);
    this.name = 'TableError';
  }
}

export type RowErrorCode = 'encoding' | 'too-few-cells' | 'too-many-cells' | 'unclosed-quote' | 'bad-quote' | 'field-too-long' | 'cell';

/** One row is left out, the others go on. `detail` never quotes a cell: it may be shown and stored beside the import. */
export interface RowError {
  /** As a spreadsheet counts: the header is 1, blank rows count, a line break inside quotes does not. */
  readonly row: number;
  readonly column: string | null;
  readonly code: RowErrorCode;
  readonly detail: string;
}
