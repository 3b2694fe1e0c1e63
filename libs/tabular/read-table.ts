import type { TableBatch } from './batch.ts';
import { matchColumns, type Column } from './columns.ts';
import { CsvRows } from './csv-rows.ts';
import { textBlocks } from './decode.ts';
import { detectEncoding, type Detection } from './encoding.ts';
import { toSource, type TableSource } from './source.ts';
import { TableError } from './table-error.ts';
import { readWorkbook } from './xlsx/read-workbook.ts';

export interface ReadOptions {
  /** From `detectEncoding`, where the caller has already asked; else it is found out first. */
  readonly detection?: Detection;
  readonly batchRows?: number;
  /** Columns that were not asked for: refused (the default), or passed over, for files whose form others decide. */
  readonly others?: 'refuse' | 'ignore';
  /** For tests: how much text is looked at in one go. */
  readonly blockBytes?: number;
}

/**
 * The rows of a CSV or XLSX file in batches, in flat memory; faults are named by row and column and never stop the rows after them.
 * A value may share memory with the text around it: see `ownText` before keeping one for long.
 * @throws TableError when the file as a whole cannot be taken
 */
export async function* readTable(
  from: string | TableSource,
  columns: readonly Column[],
  options: ReadOptions = {},
): AsyncGenerator<TableBatch> {
  const source = await toSource(from);
  const detection = options.detection ?? (await detectEncoding(source));
  const batchRows = options.batchRows ?? 1_000;
  const batches =
    detection.format === 'xlsx'
      ? readWorkbook(source, columns, batchRows, options.others)
      : readCsv(source, columns, detection, { ...options, batchRows });
  yield* batches;
}

async function* readCsv(
  source: TableSource,
  columns: readonly Column[],
  detection: Detection,
  { batchRows, blockBytes, others }: ReadOptions & { readonly batchRows: number },
): AsyncGenerator<TableBatch> {
  const table = new CsvRows(detection.newline, (header, row, damaged) => {
    if (damaged)
      throw new TableError('encoding', 'The header has bytes that are not UTF-8. Save the file as UTF-8 and send it again.', row);
    return matchColumns(header, columns, row, others);
  });
  let bytesRead = 0;
  function* full(): Generator<TableBatch> {
    const { rows, errors } = table;
    if (rows.length + errors.length === 0) return;
    table.rows = [];
    table.errors = [];
    if (rows.length <= batchRows) yield { rows, errors, bytesRead };
    else
      for (let at = 0; at < rows.length; at += batchRows)
        yield { rows: rows.slice(at, at + batchRows), errors: at === 0 ? errors : [], bytesRead };
  }
  // One block behind, so that the last one is known to be the last: only there does an open quote mean the end.
  let waiting: { text: string; damaged: boolean } | null = null;
  for await (const block of textBlocks(source, detection, blockBytes)) {
    bytesRead += block.bytes;
    if (waiting) table.push(waiting.text, waiting.damaged, false);
    waiting = block;
    yield* full();
  }
  if (waiting) table.push(waiting.text, waiting.damaged, true);
  if (table.header === null) throw new TableError('empty', 'The file has no header.');
  yield* full();
}

/** A copy that stands alone: a text cut out of a file keeps the whole block around it in memory for as long as it lives. */
export const ownText = (text: string): string => (text.length < 13 ? text : Buffer.from(text, 'utf8').toString('utf8'));
