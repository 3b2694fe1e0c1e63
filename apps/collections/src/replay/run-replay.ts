import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { addTallies, NOTHING, type ReplayScope, type Slice, type Tally } from './replay.ts';
import type { SliceAnswer, SliceRequest, SliceTask, VaultKeys } from './slice.worker.ts';
import { planSlices } from './slices.reader.ts';

export interface ReplayOptions {
  readonly databaseUrl: string;
  /** Null: decisions on messages cannot be made again. */
  readonly vault: VaultKeys | null;
  readonly scope: ReplayScope;
  /** Threads that decide, each with a connection of its own. */
  readonly workers: number;
  readonly signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

// Small rooms for what is young: rows are short-lived, and a thread that collects late holds hundreds of megabytes.
const LIMITS = { maxYoungGenerationSizeMb: 48, maxOldGenerationSizeMb: 256 };

/** Hands the slices to one thread until none is left. */
function work(task: SliceTask, next: () => Slice | undefined, done: (tally: Tally) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./slice.worker.js', import.meta.url), { workerData: task, resourceLimits: LIMITS });
    const ask = (request: SliceRequest): void => {
      // A thread has no origin.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      worker.postMessage(request);
    };
    const stop = (): void => void worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', (answer: SliceAnswer) => {
      if ('error' in answer) {
        reject(Object.assign(new Error(answer.error), { code: answer.code }));
        return stop();
      }
      done(answer.tally);
      ask(next() ?? null);
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    });
  });
}

/** Decides every decision of the scope again, as the ledger stood when it began. Memory stays flat however many there are. */
export async function runReplay({ databaseUrl, vault, scope, workers, signal, onProgress }: ReplayOptions): Promise<Tally> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'replay' });
  await client.connect();
  try {
    const { snapshot, decisions, slices } = await planSlices(client, scope);
    let [tally, at] = [NOTHING, 0];
    const done = (part: Tally): void => {
      tally = addTallies(tally, part);
      onProgress(tally.decisions, decisions);
    };
    const task = { databaseUrl, vault, scope, snapshot };
    const threads = Math.min(workers, slices.length);
    await Promise.all(Array.from({ length: threads }, () => work(task, () => slices[at++], done, signal)));
    if (tally.decisions !== decisions) throw new Error(`${decisions} decisions were counted and ${tally.decisions} were read`);
    return tally;
  } finally {
    await client.end().catch(() => undefined);
  }
}
