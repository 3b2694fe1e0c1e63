// The deadline sweep: its cost beside many open complaints that are not due, milestones per second of real workers, and complaints taken in per second.
import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { DatabaseClock } from '#clock';
import { createDataSource, EVERY_INSTITUTION, inTransaction } from '#pg';
import { redisUrl, spawnService, testDatabase, type TestDatabase } from '#testkit';
import { DeadlineJobs } from '../../apps/complaints/src/deadline/deadline.jobs.ts';
import { DeadlineStore } from '../../apps/complaints/src/deadline/deadline.store.ts';
import { openComplaints } from '../../apps/complaints/testing/open-complaints.ts';
import { openPostgres } from '../../tools/test/postgres.ts';
import { openRedis } from '../../tools/test/redis.ts';
import { issue, measure } from './measure.ts';

const BANK = 'bench-bank';
const CHUNK = 20_000;

export interface SweepOptions {
  /** Open complaints that are not due. */
  readonly small: number;
  readonly large: number;
  /** Complaints that owe one milestone each. */
  readonly due: number;
  readonly seconds: number;
  readonly connections: number;
}

export const usualSweep: SweepOptions = { small: 10_000, large: 1_000_000, due: 20_000, seconds: 10, connections: 32 };

interface Cost {
  readonly open: number;
  readonly msPerMilestone: number;
}

interface Throughput {
  readonly backend: string;
  readonly workers: number;
  readonly perSecond: number;
}

export interface SweepResult {
  readonly due: number;
  readonly costs: readonly Cost[];
  readonly throughput: readonly Throughput[];
  readonly insertsPerSecond: number;
  readonly intake: { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number; readonly failed: number };
}

/** One database of the complaints service, worked on as the service does. */
class Ground {
  private constructor(
    readonly db: TestDatabase,
    readonly source: DataSource,
  ) {}

  static async open(): Promise<Ground> {
    const db = await testDatabase('complaints');
    return new Ground(db, await createDataSource({ url: db.appUrl, poolSize: 4, applicationName: 'bench' }));
  }

  run = <Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
    inTransaction(this.source, { institutionId: EVERY_INSTITUTION }, (tx) => tx.query<Row>(sql, values));

  async vacuum(): Promise<void> {
    const owner = await createDataSource({ url: this.db.ownerUrl, poolSize: 1, applicationName: 'bench' });
    await owner.query('vacuum analyze');
    await owner.destroy();
  }

  /** Open complaints, received so many days ago by PostgreSQL's calendar: 1 owes nothing for days, 10 its first reminder since midnight. */
  async open(count: number, daysAgo: number): Promise<void> {
    const [day] = await this.run<{ date: string }>(`select ((now() at time zone 'Asia/Shanghai')::date - $1::int)::text as date`, [
      daysAgo,
    ]);
    for (let left = count; left > 0; left -= CHUNK)
      await openComplaints(this.run, { count: Math.min(left, CHUNK), receivedOn: day?.date ?? '', institutionId: BANK, handler: 'zhang' });
  }

  /** The check of the night is not what is measured. */
  async skipDueCheck(): Promise<void> {
    await this.run(
      `insert into due_check (night, started_at, finished_at) select (now() + n * interval '1 day')::date, now(), now() from generate_series(-1, 1) as n
       on conflict do nothing`,
    );
  }

  async milestones(): Promise<number> {
    const [row] = await this.run<{ n: number }>('select count(*)::int as n from milestone');
    return row?.n ?? 0;
  }

  /** Whether anything is due still: not how much, for counting that costs as much as the sweep. */
  async isOutstanding(): Promise<boolean> {
    return (await this.run('select from complaint where wake_at <= clock_timestamp() limit 1')).length > 0;
  }

  /** Until what workers do once they are there (forecast, surges) is done: it goes over all that is open, and is not the sweep. */
  async rest(): Promise<void> {
    for (let quiet = 0; quiet < 20;) {
      const busy = await this.run(
        `select from pg_stat_activity where datname = current_database() and application_name = 'complaints-worker' and state = 'active' and query_start < clock_timestamp() - interval '50 ms'`,
      );
      quiet = busy.length > 0 ? 0 : quiet + 1;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async close(): Promise<void> {
    await this.source.destroy();
    await this.db.drop();
  }
}

const middle = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** What a milestone costs beside so many open complaints, the middle of three sweeps; then what else is to be measured beside them. */
async function costBeside(open: number, due: number, then: (ground: Ground) => Promise<void> = async () => undefined): Promise<Cost> {
  const ground = await Ground.open();
  try {
    await ground.open(open, 1);
    await ground.vacuum();
    process.stderr.write(`${open} open complaints are there\n`);
    await ground.skipDueCheck();
    const jobs = new DeadlineJobs(ground.source, new DatabaseClock(), new DeadlineStore());
    // The first warms up.
    const times: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      await ground.open(due, 10);
      const from = performance.now();
      const fired = await jobs.fireMilestones();
      if (fired !== due) throw new Error(`${fired} milestones instead of ${due}`);
      times.push((performance.now() - from) / due);
    }
    process.stderr.write(`${due} due beside ${open}: ${times.map((ms) => ms.toFixed(3)).join(', ')} ms a milestone\n`);
    await then(ground);
    return { open, msPerMilestone: middle(times.slice(1)) };
  } finally {
    await ground.close();
  }
}

const keysOf = (): Record<string, string> => ({
  VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  VAULT_INDEX_KEY: randomBytes(32).toString('base64'),
});

/** Real workers, their relay and their queue included, from the instant at which all is due until nothing is owed any more; each fires once. */
async function throughputOf(
  ground: Ground,
  backend: string,
  redis: string,
  workers: number,
  due: number,
  env: Record<string, string>,
): Promise<Throughput> {
  const all = { ...env, DATABASE_URL: ground.db.appUrl, REDIS_URL: redis, DEADLINE_EVERY_MS: '100', LOG_LEVEL: 'error' };
  const services = await Promise.all(Array.from({ length: workers }, () => spawnService('apps/complaints/src/worker.js', all)));
  try {
    await ground.rest();
    const before = await ground.milestones();
    // One statement: they come into being together, under the eyes of the workers.
    await ground.open(due, 10);
    const from = performance.now();
    while (await ground.isOutstanding()) await new Promise((resolve) => setTimeout(resolve, 50));
    const took = performance.now() - from;
    const fired = (await ground.milestones()) - before;
    if (fired !== due) throw new Error(`${fired} milestones instead of ${due}`);
    process.stderr.write(`${due} due, queue on ${backend}, ${workers} worker(s): ${Math.round(took)} ms\n`);
    return { backend, workers, perSecond: (due / took) * 1000 };
  } finally {
    await Promise.all(services.map((service) => service.stop()));
  }
}

async function intakeOf({ connections, seconds }: SweepOptions, env: Record<string, string>, token: string) {
  const ground = await Ground.open();
  const service = await spawnService('apps/complaints/src/main.js', {
    ...env,
    DATABASE_URL: ground.db.appUrl,
    PORT: '0',
    LOG_LEVEL: 'warn',
  });
  try {
    const { perSecond: insertsPerSecond } = await measure<{ perSecond: number }>('./insert-load.js', {
      url: ground.db.adminUrl,
      connections,
      seconds,
    });
    const body = {
      channel: 'phone',
      complainant: { name: '张三', idNumber: '230100199001011234', contact: '+8613800000001' },
      subject: '深夜催收',
      narrative: '催收人员在晚上十一点给本人打电话，要求立即还款。',
      requests: ['停止夜间来电'],
      category: 'service',
    };
    const task = { urls: [service.url], token, route: '/v1/complaints', bodies: [JSON.stringify(body)], connections };
    await measure('./http-load.js', { ...task, seconds: Math.min(3, seconds) });
    const intake = await measure<SweepResult['intake']>('./http-load.js', { ...task, seconds });
    return { insertsPerSecond, intake };
  } finally {
    await service.stop();
    await ground.close();
  }
}

export async function benchSweep(options: SweepOptions = usualSweep): Promise<SweepResult> {
  const postgres = await openPostgres(() => undefined, true);
  const redis = await openRedis();
  Object.assign(process.env, {
    TEST_POSTGRES_URL: postgres.url,
    TEST_TEMPLATES: postgres.templates.join(','),
    TEST_REDIS_URL: redis.url,
    TEST_REDIS_DATABASES: String(redis.databases),
  });
  const { issuer, token, close } = await issue(BANK, 'integration');
  const env = { OIDC_ISSUER: issuer, OIDC_JWKS_URL: `${issuer}/jwks`, ...keysOf() };
  try {
    const throughput: Throughput[] = [];
    const drain = async (ground: Ground): Promise<void> => {
      for (const backend of ['postgres', 'redis'])
        for (const workers of [1, 2])
          throughput.push(await throughputOf(ground, backend, backend === 'redis' ? redisUrl() : '', workers, options.due, env));
    };
    const costs = [await costBeside(options.small, options.due), await costBeside(options.large, options.due, drain)];
    return { due: options.due, costs, throughput, ...(await intakeOf(options, env, token)) };
  } finally {
    close();
    await redis.stop();
    await postgres.stop();
  }
}

const round = (value: number, digits = 0): string => value.toFixed(digits);

export function sweepTable({ due, costs, throughput, insertsPerSecond, intake }: SweepResult): string {
  const base = costs[0]?.msPerMilestone ?? Number.NaN;
  return [
    ...costs.map(
      ({ open, msPerMilestone }) =>
        `sweep of ${due} due beside ${open} open complaints: ${round(msPerMilestone, 3)} ms a milestone, ratio ${round(msPerMilestone / base, 2)}`,
    ),
    ...throughput.map(
      ({ backend, workers, perSecond }) =>
        `${due} milestones due at once beside ${costs.at(-1)?.open ?? 0} open complaints, queue on ${backend}, ${workers} worker(s): ${round(perSecond)} per second, ratio ${round(perSecond / insertsPerSecond, 2)}`,
    ),
    `raw single-row inserts: ${round(insertsPerSecond)} per second (baseline, 1.00)`,
    `complaints taken in over HTTP, 1 process: ${round(intake.perSecond)} per second, ratio ${round(intake.perSecond / insertsPerSecond, 2)}, p50 ${round(intake.p50Ms, 1)} ms, p99 ${round(intake.p99Ms, 1)} ms, ${intake.failed} failed`,
  ].join('\n');
}
