import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { TraceCounts, type Trace, type TracedRow } from '#trace';

export interface Counted {
  /** Hexadecimal, of the whole file. */
  readonly sha256: string;
  readonly counts: TraceCounts;
}

/** Counts a rows file by the traces, and takes its SHA-256 on the way. Throws where it cannot be read as one. */
export async function countRows(path: string, traces: readonly Trace[]): Promise<Counted> {
  const hash = createHash('sha256');
  const counts = new TraceCounts(traces);
  const file = createReadStream(path);
  file.on('data', (piece) => hash.update(piece));
  const parser = file.pipe(parse({ bom: true, columns: true }));
  file.on('error', (error) => parser.destroy(error));
  for await (const row of parser as AsyncIterable<TracedRow>) counts.add(row);
  return { sha256: hash.digest('hex'), counts };
}
