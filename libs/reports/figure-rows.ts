import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { meets, type Trace, type TracedRow } from '#render';

interface FoundRows {
  readonly rows: TracedRow[];
  /** The place in the file of the row after the last; null: there is none. */
  readonly next: number | null;
}

/** The rows of a file that a number counts, from a place in it on; memory stays flat however long the file is. */
export async function rowsOf(pieces: AsyncIterable<Buffer>, trace: Trace, from: number, limit: number): Promise<FoundRows> {
  const file = Readable.from(pieces);
  const parser = file.pipe(parse({ bom: true, columns: true }));
  file.on('error', (error) => parser.destroy(error));
  const rows: TracedRow[] = [];
  let place = -1;
  try {
    for await (const row of parser as AsyncIterable<TracedRow>) {
      place += 1;
      if (place < from || !meets(row, trace.filter)) continue;
      if (rows.length === limit) return { rows, next: place };
      rows.push(row);
    }
  } finally {
    file.destroy();
    parser.destroy();
  }
  return { rows, next: null };
}

/** The lines of a file with its head, up to one more than so many. */
export async function linesOf(pieces: AsyncIterable<Buffer>, most: number): Promise<string[][]> {
  const file = Readable.from(pieces);
  const parser = file.pipe(parse({ bom: true }));
  file.on('error', (error) => parser.destroy(error));
  const lines: string[][] = [];
  try {
    for await (const line of parser as AsyncIterable<string[]>) {
      lines.push(line);
      if (lines.length > most) break;
    }
  } finally {
    file.destroy();
    parser.destroy();
  }
  return lines;
}
