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

// Measured: larger blocks are no quicker, and their texts become large objects that the collector lets lie; 256 KiB doubled the peak memory.
const READ_BYTES = 64 * 1024;

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
