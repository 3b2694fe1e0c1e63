import { TableError } from './table-error.ts';
import type { TableSource } from './source.ts';

// A line longer than this is no row of a table; without the bound a file without line breaks would be read into memory.
const MAX_LINE_BYTES = 4 * 1024 * 1024;
const BLOCK_BYTES = 64 * 1024;

/**
 * Cuts bytes into blocks that end with `newline` (a byte; the last block may lack it). The newline bytes 0x0A and 0x0D are never
 * part of a multi-byte character, neither in UTF-8 nor in GB18030, so each block decodes by itself.
 */
export async function* lineBlocks(source: TableSource, newline: number, blockBytes = BLOCK_BYTES): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const chunk of source.open()) {
    const cut = heldBytes + chunk.length < blockBytes ? -1 : chunk.lastIndexOf(newline);
    if (cut < 0) {
      held.push(chunk);
      heldBytes += chunk.length;
      if (heldBytes > blockBytes + MAX_LINE_BYTES)
        throw new TableError('line-too-long', 'A line is longer than 4 MiB: this is not a table.');
      continue;
    }
    held.push(chunk.subarray(0, cut + 1));
    yield held.length === 1 ? chunk.subarray(0, cut + 1) : Buffer.concat(held);
    held = cut + 1 < chunk.length ? [chunk.subarray(cut + 1)] : [];
    heldBytes = chunk.length - cut - 1;
  }
  if (heldBytes > 0) yield Buffer.concat(held);
}
