import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Bytes that can be read from the start as often as needed: a file, or chunks kept in a database. */
export interface TableSource {
  /** A fresh pass over all bytes; breaking out of the loop releases what it holds. */
  open(): AsyncIterable<Buffer>;
  /** The size of the whole, for progress. */
  readonly bytes: number;
  /** Set where the bytes are a file of this machine: XLSX needs random access and then makes no copy. */
  readonly path?: string;
}

// Big enough that the cost of a read vanishes, small enough that a block of text stays cheap to collect.
const READ_BYTES = 256 * 1024;

export async function fileSource(path: string): Promise<TableSource> {
  const { size } = await stat(path);
  return { bytes: size, path, open: () => createReadStream(path, { highWaterMark: READ_BYTES }) };
}

export function bufferSource(bytes: Buffer): TableSource {
  return {
    bytes: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += READ_BYTES) yield bytes.subarray(at, at + READ_BYTES);
    },
  };
}

export const toSource = async (source: string | TableSource): Promise<TableSource> =>
  typeof source === 'string' ? fileSource(source) : source;
