import { createPostgresBackend, Queue, withBackend, Worker, type Job, type Processor } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Logger } from '#telemetry';
import { QUEUE_SCHEMA } from './migrate-queue-store.ts';

export interface QueueStore {
  /** Empty: PostgreSQL. */
  readonly redisUrl: string;
  readonly databaseUrl: string;
}

/** Job data are ids: the truth is in the tables. */
export type JobData = Readonly<Record<string, string>>;
export type JobHandler = (data: JobData, job: { readonly attempt: number; readonly isLast: boolean }) => Promise<void>;

export interface Queues {
  /** Adds a job; the same id while it waits or runs is the same job. */
  add(queue: string, name: string, data: JobData, id: string): Promise<void>;
  /** Wakes a job every so many milliseconds, once however many processes ask for it. A schedule that the store loses is put back by them. */
  every(queue: string, name: string, everyMs: number): Promise<void>;
  /** Begins to work a queue; handlers by job name. A job that throws is tried again with backoff. */
  work(queue: string, handlers: Readonly<Record<string, JobHandler>>, concurrency: number): Promise<void>;
  /** Whether the store answers. */
  ready(): Promise<void>;
  /** Lets running jobs finish, then lets go of the store. */
  close(): Promise<void>;
}

const PING_MS = 2000;

interface Bound {
  /** One round trip to the store. */
  ping(): Promise<unknown>;
  /** Does what processes must not do at once. */
  oneAtATime(work: () => Promise<void>): Promise<void>;
  newQueue(name: string): Queue;
  newWorker(name: string, processor: Processor, concurrency: number): Worker;
  release(): Promise<void>;
}

function bindPostgres(databaseUrl: string): Bound {
  const bound = withBackend(createPostgresBackend);
  const connection = { connectionString: databaseUrl, schema: QUEUE_SCHEMA, max: 4 };
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2, idleTimeoutMillis: 10_000 });
  pool.on('error', () => undefined);
  return {
    ping: () => pool.query('select 1'),
    async oneAtATime(work) {
      const client = await pool.connect();
      try {
        await client.query(`begin`);
        await client.query(`select pg_advisory_xact_lock(hashtext('forbear schedules'))`);
        await work();
      } finally {
        await client.query('commit').catch(() => undefined);
        client.release();
      }
    },
    newQueue: (name) => new bound.Queue(name, { connection }) as unknown as Queue,
    newWorker: (name, processor, concurrency) =>
      new bound.Worker(name, processor, { connection, concurrency, autorun: false }) as unknown as Worker,
    release: () => pool.end(),
  };
}

function bindRedis(redisUrl: string): Bound {
  // BullMQ demands that its blocking connections never give up.
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null, lazyConnect: false });
  connection.on('error', () => undefined);
  return {
    ping: () => connection.ping(),
    // Its scripts are whole by themselves.
    oneAtATime: (work) => work(),
    newQueue: (name) => new Queue(name, { connection }),
    newWorker: (name, processor, concurrency) => new Worker(name, processor, { connection, concurrency, autorun: false }),
    release: async () => {
      await connection.quit().catch(() => connection.disconnect());
    },
  };
}

const jobOptions = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 1000 },
  removeOnComplete: true,
  removeOnFail: { age: 7 * 86_400 },
} as const;

// Tried once: the next run comes by itself.
const scheduledOptions = { removeOnComplete: true, removeOnFail: { count: 100 } } as const;

/** How often we look whether a schedule is still there: how long it is missed at most. */
const lookEvery = (everyMs: number): number => Math.min(everyMs, 30_000);

/**
 * Puts the schedule where it is not, or does not go on. One that goes on is left alone: BullMQ on PostgreSQL, asked again by several at once,
 * moves the next run on by one slot for each.
 */
async function keepSchedule(bound: Bound, queue: Queue, name: string, everyMs: number): Promise<void> {
  const goesOn = async (): Promise<boolean> => {
    const known = await queue.getJobScheduler(name);
    // Long overdue: nobody works, which this does not mend, or the store has lost the next run, and with it all that follow.
    return known?.every === everyMs && (known.next ?? 0) > Date.now() - everyMs - lookEvery(everyMs);
  };
  if (await goesOn()) return;
  await bound.oneAtATime(async () => {
    if (!(await goesOn())) await queue.upsertJobScheduler(name, { every: everyMs }, { name, opts: scheduledOptions });
  });
}

/** Queues on the store. Errors of the connection are logged, not thrown: BullMQ reconnects. */
export function createQueues(store: QueueStore, logger: Logger): Queues {
  const bound = store.redisUrl === '' ? bindPostgres(store.databaseUrl) : bindRedis(store.redisUrl);
  const queues = new Map<string, Queue>();
  const workers: Worker[] = [];
  const timers: NodeJS.Timeout[] = [];
  const onError = (error: Error): void => logger.warn({ error: error.message }, 'queue store');

  const queueOf = (name: string): Queue => {
    const known = queues.get(name);
    if (known) return known;
    const queue = bound.newQueue(name);
    queue.on('error', onError);
    queues.set(name, queue);
    return queue;
  };

  return {
    async add(queue, name, data, id) {
      await queueOf(queue).add(name, data, { ...jobOptions, jobId: id });
    },
    async every(queue, name, everyMs) {
      const keep = (): Promise<void> => keepSchedule(bound, queueOf(queue), name, everyMs);
      await keep();
      let looking = false;
      const look = async (): Promise<void> => {
        if (looking) return;
        looking = true;
        await keep()
          .catch(onError)
          .finally(() => (looking = false));
      };
      timers.push(setInterval(() => void look(), lookEvery(everyMs)));
    },
    async work(queue, handlers, concurrency) {
      const processor = async (job: Job): Promise<void> => {
        const handler = handlers[job.name];
        if (!handler) {
          // A schedule that the code no longer has; whoever still asks for it puts it back.
          if (job.repeatJobKey) await queueOf(queue).removeJobScheduler(job.repeatJobKey);
          throw new Error(`nobody handles the job ${job.name}`);
        }
        await handler(job.data as JobData, { attempt: job.attemptsMade + 1, isLast: job.attemptsMade + 1 >= (job.opts.attempts ?? 1) });
      };
      const worker = bound.newWorker(queue, processor, concurrency);
      worker.on('error', onError);
      worker.on('failed', (job, error) =>
        logger.error({ job: job?.name, data: job?.data as unknown, attempt: job?.attemptsMade, stack: error.stack }, 'job failed'),
      );
      workers.push(worker);
      await worker.waitUntilReady();
      worker.run().catch(onError);
    },
    async ready() {
      // A connection that is lost waits for its return; who asks for readiness does not.
      let late: NodeJS.Timeout | undefined;
      const tooLate = new Promise<never>((_resolve, reject) => {
        late = setTimeout(() => reject(new Error('the queue store does not answer')), PING_MS);
      });
      await Promise.race([bound.ping(), tooLate]).finally(() => clearTimeout(late));
    },
    async close() {
      timers.forEach(clearInterval);
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await bound.release();
    },
  };
}
