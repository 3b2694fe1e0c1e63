import { Merge } from './merge.ts';
import { RecordBuffer, type SortRecord } from './records.ts';
import { Spool } from './spool.ts';

export interface SortOptions {
  /** The most that records may take in memory before they go to disk. */
  readonly memoryBytes: number;
  /** Where the spool may be made; it must exist. */
  readonly spoolFolder: string;
  readonly batchRows?: number;
  readonly signal?: AbortSignal;
  /** For tests: how many runs are merged at once. */
  readonly mergeRuns?: number;
}

const BATCH_ROWS = 1_000;
const MERGE_RUNS = 128;

/**
 * The records in ascending order of key, ties in order of arrival. The spool is gone when the loop ends, breaks or throws.
 * @throws whatever the source throws, the signal's reason, or the file system's error (a full disk)
 */
export async function* sortExternally(
  records: AsyncIterable<readonly SortRecord[]>,
  options: SortOptions,
): AsyncGenerator<readonly SortRecord[]> {
  const held = new RecordBuffer();
  let spool: Spool | null = null;
  try {
    for await (const batch of records) {
      options.signal?.throwIfAborted();
      for (const record of batch) {
        held.add(record);
        if (held.heldBytes <= options.memoryBytes) continue;
        spool ??= await Spool.create(options.spoolFolder);
        await spoolRun(held, spool);
      }
    }
    if (spool === null) {
      yield* fromMemory(held, options);
      return;
    }
    if (held.count > 0) await spoolRun(held, spool);
    held.release();
    const mergeRuns = Math.max(2, options.mergeRuns ?? MERGE_RUNS);
    while (spool.runs.length > mergeRuns) spool = await fewerRuns(spool, mergeRuns, options);
    yield* fromSpool(spool, options);
  } finally {
    await spool?.close();
  }
}

function* fromMemory(held: RecordBuffer, options: SortOptions): Generator<readonly SortRecord[]> {
  const size = options.batchRows ?? BATCH_ROWS;
  const order = held.order();
  for (let at = 0; at < order.length; at += size) {
    options.signal?.throwIfAborted();
    const batch: SortRecord[] = [];
    for (let i = at; i < Math.min(at + size, order.length); i += 1) batch.push(held.recordAt(order[i] ?? -1));
    yield batch;
  }
}

async function spoolRun(held: RecordBuffer, spool: Spool): Promise<void> {
  const order = held.order();
  const first = order[0];
  if (first === undefined) return;
  spool.beginRun(held.keyAt(first));
  for (let at = 0; at < order.length; at += 1) {
    const position = order[at] ?? -1;
    const written = put(spool, held.bytesAt(position), held.keyAt(position));
    if (written) await written;
  }
  await spool.flush();
  held.clear();
}

function put(spool: Spool, bytes: Buffer, key: number): Promise<void> | void {
  if (spool.hasRoom(bytes.length)) spool.append(bytes, key);
  else return spool.appendAfterFlush(bytes, key);
}

/** Brings neighbouring runs together in a new spool; neighbours only, so that ties keep the order of arrival. */
async function fewerRuns(spool: Spool, mergeRuns: number, options: SortOptions): Promise<Spool> {
  const next = await Spool.create(options.spoolFolder);
  try {
    for (let at = 0; at < spool.runs.length; at += mergeRuns) {
      const merge = new Merge(spool, spool.runs.slice(at, at + mergeRuns), options.memoryBytes);
      await merge.open();
      let begun = false;
      for (let cursor = await merge.next(); cursor !== null; cursor = await merge.next()) {
        if (!begun) next.beginRun(cursor.key);
        begun = true;
        const written = put(next, cursor.bytes(), cursor.key);
        if (written) await written;
      }
      await next.flush();
      options.signal?.throwIfAborted();
    }
  } catch (error) {
    await next.close();
    throw error;
  }
  await spool.close();
  return next;
}

async function* fromSpool(spool: Spool, options: SortOptions): AsyncGenerator<readonly SortRecord[]> {
  const size = options.batchRows ?? BATCH_ROWS;
  const merge = new Merge(spool, spool.runs, options.memoryBytes);
  await merge.open();
  let batch: SortRecord[] = [];
  for (;;) {
    const found = merge.next();
    // Waiting costs a turn of the event loop: only where the disk was read.
    const cursor = found instanceof Promise ? await found : found;
    if (cursor === null) break;
    batch.push(cursor.record());
    if (batch.length < size) continue;
    options.signal?.throwIfAborted();
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
