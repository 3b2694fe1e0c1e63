import { RunCursor } from './run-cursor.ts';
import type { Run, Spool } from './spool.ts';

const LEAST_BUFFER_BYTES = 16 * 1024;
const MOST_BUFFER_BYTES = 256 * 1024;

/**
 * The cursors of all runs in the order of a k-way merge: each time the caller gets the cursor that stands on the least key, of equal keys
 * the one of the earliest run. Use the record before asking for the next.
 */
export class Merge {
  private readonly heap: { cursor: RunCursor; index: number }[] = [];
  private started = false;

  constructor(
    private readonly spool: Spool,
    private readonly runs: readonly Run[],
    private readonly memoryBytes: number,
  ) {}

  async open(): Promise<void> {
    const share = Math.floor(this.memoryBytes / Math.max(1, this.runs.length));
    const bufferBytes = Math.min(MOST_BUFFER_BYTES, Math.max(LEAST_BUFFER_BYTES, share));
    for (const [index, run] of this.runs.entries()) {
      const cursor = new RunCursor(this.spool, run, bufferBytes);
      if (await cursor.refill()) this.heap.push({ cursor, index });
    }
    for (let at = (this.heap.length >> 1) - 1; at >= 0; at -= 1) this.sink(at);
  }

  /** The next cursor, null at the end, or a promise where the disk must be read first. */
  next(): RunCursor | null | Promise<RunCursor | null> {
    const top = this.heap[0];
    if (top === undefined) return null;
    if (!this.started) {
      this.started = true;
      return top.cursor;
    }
    if (!top.cursor.step()) return this.refillTop();
    this.sink(0);
    return this.heap[0]?.cursor ?? null;
  }

  private async refillTop(): Promise<RunCursor | null> {
    const top = this.heap[0];
    if (top !== undefined && !(await top.cursor.refill())) {
      const last = this.heap.pop();
      if (last !== undefined && last !== top) this.heap[0] = last;
    }
    this.sink(0);
    return this.heap[0]?.cursor ?? null;
  }

  private sink(from: number): void {
    const { heap } = this;
    const item = heap[from];
    if (item === undefined) return;
    let at = from;
    for (;;) {
      let least = at * 2 + 1;
      let child = heap[least];
      if (child === undefined) break;
      const right = heap[least + 1];
      if (right !== undefined && comesBefore(right, child)) {
        least += 1;
        child = right;
      }
      if (!comesBefore(child, item)) break;
      heap[at] = child;
      at = least;
    }
    heap[at] = item;
  }
}

const comesBefore = (a: { cursor: RunCursor; index: number }, b: { cursor: RunCursor; index: number }): boolean =>
  a.cursor.key < b.cursor.key || (a.cursor.key === b.cursor.key && a.index < b.index);
