import type { Column } from '../columns.ts';
import type { TableSource } from '../source.ts';
import type { TableBatch } from '../batch.ts';
// eslint-disable-next-line
export async function* readWorkbook(source: TableSource, columns: readonly Column[], batchRows: number): AsyncGenerator<TableBatch> {
  void source;
  void columns;
  void batchRows;
}
