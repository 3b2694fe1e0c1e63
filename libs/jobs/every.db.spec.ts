import { Redis } from 'ioredis';
import { Client } from 'pg';
import { createQueues, type Queues } from '#jobs';
import { createLogger } from '#telemetry';
import { queueBackends, testDatabase, type TestDatabase } from '#testkit';

const HOUR = 3_600_000;

describe.each(queueBackends)('a schedule on $backend', ({ backend, env }) => {
  const { REDIS_URL: redisUrl } = backend === 'redis' ? env() : { REDIS_URL: '' };
  const logger = createLogger('every', 'error');
  const opened: Queues[] = [];
  let db: TestDatabase;
  let admin: Client;
  let redis: Redis | null = null;

  const open = (): Queues => {
    const queues = createQueues({ redisUrl, databaseUrl: db.appUrl }, logger);
    opened.push(queues);
    return queues;
  };
  /** A worker of the queue whose runs can be waited for. */
  const worker = async (queue: string, name: string): Promise<{ ran: () => number; next: () => Promise<void> }> => {
    let count = 0;
    let told: () => void = () => undefined;
    await open().work(
      queue,
      {
        [name]: async () => {
          count += 1;
          told();
        },
      },
      1,
    );
    return { ran: () => count, next: () => new Promise<void>((resolve) => (told = resolve)) };
  };
  /** The instant of the next run, as the store has it. */
  const nextRun = async (queue: string, name: string): Promise<number> => {
    if (redis) return Number(await redis.zscore(`bull:${queue}:repeat`, name));
    const { rows } = await admin.query('select next_run_ms as due from bullmq.scheduler where queue = $1 and scheduler_id = $2', [
      queue,
      name,
    ]);
    return Number(rows[0]?.due ?? 0);
  };
  const forget = async (): Promise<void> => {
    if (redis) await redis.flushdb();
    else await admin.query('truncate bullmq.job, bullmq.scheduler, bullmq.meta, bullmq.event, bullmq.dedup cascade');
  };

  beforeAll(async () => {
    db = await testDatabase('collections');
    admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
    if (redisUrl) redis = new Redis(redisUrl);
  });
  afterAll(async () => {
    await Promise.all(opened.map((queues) => queues.close()));
    await redis?.quit();
    await admin.end();
    await db.drop();
  });

  it('runs at once, and however many ask for it, and however often, its next run stays where it is', async () => {
    const { ran, next } = await worker('often', 'wake');
    const first = next();
    const askers = [open(), open(), open()];
    await askers[0]?.every('often', 'wake', HOUR);
    await first;
    const due = await nextRun('often', 'wake');
    expect(due - Date.now()).toBeGreaterThan(HOUR / 2);
    for (let again = 0; again < 20; again += 1) await Promise.all(askers.map((queues) => queues.every('often', 'wake', HOUR)));
    expect(await nextRun('often', 'wake')).toBe(due);
    expect(ran()).toBe(1);
  });

  it('is begun once by many that begin at once', async () => {
    const { ran, next } = await worker('begun', 'wake');
    const first = next();
    const from = Date.now();
    await Promise.all(Array.from({ length: 6 }, () => open().every('begun', 'wake', HOUR)));
    await first;
    expect(await nextRun('begun', 'wake')).toBeLessThanOrEqual(Date.now() + HOUR);
    expect(await nextRun('begun', 'wake')).toBeGreaterThanOrEqual(from + HOUR);
    expect(ran()).toBe(1);
  });

  it('goes on by itself, and comes back when the store has lost everything', async () => {
    const { ran, next } = await worker('lost', 'wake');
    const [first, asker] = [next(), open()];
    await asker.every('lost', 'wake', 200);
    await first;
    await next();
    await next();
    await forget();
    const before = ran();
    await next();
    await next();
    expect(ran()).toBeGreaterThan(before);
  });

  it('comes back when the store has lost the next run and kept the schedule', async () => {
    const { next } = await worker('half', 'wake');
    const [first, asker] = [next(), open()];
    await asker.every('half', 'wake', 200);
    await first;
    if (redis) await redis.del(...(await redis.keys('bull:half:delayed')), ...(await redis.keys('bull:half:repeat:wake:*')));
    else await admin.query(`delete from bullmq.job where queue = 'half'`);
    await next();
    await next();
  });

  it('takes another pace', async () => {
    const { next } = await worker('pace', 'wake');
    const [first, asker] = [next(), open()];
    await asker.every('pace', 'wake', HOUR);
    await first;
    const sooner = next();
    await asker.every('pace', 'wake', 300);
    await sooner;
    await next();
  });

  it('ends when no code knows it any more', async () => {
    const asker = open();
    await asker.every('gone', 'old', HOUR);
    await asker.close();
    opened.splice(opened.indexOf(asker), 1);
    const { next } = await worker('gone', 'new');
    const first = next();
    await open().every('gone', 'new', 100);
    await first;
    await next();
    expect(await nextRun('gone', 'old')).toBe(0);
  });
});
