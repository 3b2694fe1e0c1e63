export type { Column } from './columns.ts';
export type { TableBatch, TableRow } from './batch.ts';
export { detectEncoding, type Detection } from './encoding.ts';
export { ownText, readTable, type ReadOptions } from './read-table.ts';
export { bufferSource, fileSource, type TableSource } from './source.ts';
export { TableError, type RowError } from './table-error.ts';
