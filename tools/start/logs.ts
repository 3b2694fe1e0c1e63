import { closeSync, openSync, readSync, renameSync, statSync } from 'node:fs';

const KEPT_BYTES = 20 * 1024 * 1024;
const TAIL_BYTES = 64 * 1024;

function size(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** What was written to the file from a place on, at most the last 64 KiB of it. */
function since(file: string, start: number): string {
  const end = size(file);
  const from = Math.max(start, end - TAIL_BYTES);
  if (end <= from) return '';
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(end - from);
    return buffer.subarray(0, readSync(handle, buffer, 0, buffer.length, from)).toString();
  } finally {
    closeSync(handle);
  }
}

/** Reading the end of log files. */
export const tail = { size, since };

/** Opens a log for appending; one that has grown large is put aside first, replacing the one before. */
export function openLog(file: string): number {
  if (size(file) > KEPT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}
