import { Client } from 'pg';
import { queueBackends, spawnService, type SpawnedService } from '#testkit';
import { openComplaints, type Run } from '../../apps/complaints/testing/open-complaints.ts';
import { Installation } from '../harness.ts';
import { complaintBody } from './bodies.ts';
import { eventually } from '../start/running.ts';

// One more than a batch of the sweep.
const COUNT = 501;
// Received so long ago that both escalations are owed as well.
const ALL = 6 * COUNT;
// Five workers are started one after the other, on a machine that may be busy.
const PATIENCE_MS = 180_000;
// No more than the service has connections: of those that wait none keeps the others out.
const RECORDED = 8;
const DAY_MS = 86_400_000;

describe.each(queueBackends)('deadlines on $backend', ({ env }) => {
  let bank: Installation;
  let workers: SpawnedService[] = [];

  beforeAll(async () => {
    bank = await Installation.open({
      service: 'complaints',
      worker: false,
      env: { ...env(), DEADLINE_EVERY_MS: '100', LOG_LEVEL: 'warn' },
    });
  });
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await bank.close();
  });

  const run: Run = async <Row>(sql: string, values: readonly unknown[]) => (await bank.admin.query(sql, [...values])).rows as Row[];
  const startWorker = async (): Promise<SpawnedService> => {
    const worker = await spawnService('apps/complaints/src/worker.js', bank.env);
    workers = [...workers, worker];
    return worker;
  };

  /** Complaints that owe everything, received forty days ago by PostgreSQL's calendar. */
  async function owe(count: number): Promise<void> {
    const [today] = await run<{ past: string }>(`select (current_date - 40)::text as past`, []);
    await openComplaints(run, { count, receivedOn: today?.past ?? '' });
  }

  async function firedSoFar(): Promise<number> {
    const [row] = await run<{ n: number }>('select count(*)::int as n from milestone', []);
    return row?.n ?? 0;
  }

  async function counted(): Promise<unknown> {
    const [row] = await run<object>(
      `select (select count(*)::int from milestone) as milestones, count(*)::int as entries, count(distinct (complaint, data ->> 'kind'))::int as distinct_entries,
         (select count(*)::int from notification) as notifications, (select coalesce(sum(json_array_length((payload -> 'milestones')::json)), 0)::int from outbox where topic = 'complaint.milestones') as told,
         (select count(*)::int from complaint where wake_at is not null) as outstanding, (select count(*)::int from complaint where state = 'missed') as missed
       from timeline where kind = 'milestone'`,
      [],
    );
    return row;
  }

  const everything = (complaints: number): object => {
    const all = 6 * complaints;
    return { milestones: all, entries: all, distinct_entries: all, notifications: all, told: all, outstanding: 0, missed: complaints };
  };

  /** What a connection of its own holds while the work is done; then it lets go. */
  async function holding(sql: string, work: () => Promise<void>): Promise<void> {
    const holder = new Client({ connectionString: bank.db.adminUrl });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query(sql);
      await work();
    } finally {
      await holder.end();
    }
  }

  async function areStuck(): Promise<boolean> {
    const [row] = await run<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'complaints-worker' and wait_event_type = 'Lock'`,
      [],
    );
    return (row?.n ?? 0) > 0;
  }

  it(
    'fire every one once, though workers are killed in the middle and the queue forgets everything',
    async () => {
      await owe(COUNT);
      // In the middle of a batch: milestones and entries are written, notifications are not.
      await holding('lock table notification in exclusive mode', async () => {
        const pair = await Promise.all([startWorker(), startWorker()]);
        await eventually('a sweep that is in the middle', areStuck);
        await Promise.all(pair.map((worker) => worker.kill9()));
        await bank.forgetQueue();
      });
      expect(await firedSoFar()).toBe(0);
      // Between two complaints: some are fired, some are not.
      await holding('select from complaint order by id limit 200 for update', async () => {
        const worker = await startWorker();
        await eventually('milestones of those that can be had', async () => (await firedSoFar()) >= ALL - 1200);
        await worker.kill9();
        await bank.forgetQueue();
        expect(await firedSoFar()).toBe(ALL - 1200);
      });
      await Promise.all([startWorker(), startWorker()]);
      await eventually('all of them', async () => (await firedSoFar()) >= ALL);
      expect(await counted()).toEqual(everything(COUNT));
    },
    PATIENCE_MS,
  );

  it('go on while workers run and the queue forgets under them', async () => {
    await owe(200);
    await bank.forgetQueue();
    await eventually('those of the 200', async () => (await firedSoFar()) >= ALL + 1200);
    await bank.forgetQueue();
    await owe(100);
    await eventually('those of the 100', async () => (await firedSoFar()) >= ALL + 1800);
    expect(await counted()).toEqual(everything(COUNT + 300));
  });

  it('show in the notifications of those whom they concern, and in the metrics', async () => {
    const { status, json } = await bank.call('/v1/notifications/unread-count', { as: { role: 'head-office-approver' } });
    expect([status, json]).toEqual([200, { count: COUNT + 300 }]);
    const { text } = await bank.call('/metrics', { as: null });
    expect(text).toMatch(/^complaints_milestone_lag_seconds 0$/m);
    expect(text).toMatch(/^complaints_due_corrected 0$/m);
  });

  it('lose no event though the service is killed while events are recorded, and take each once', async () => {
    const as = { role: 'complaint-handler' } as const;
    const receivedAt = new Date(Date.now() - 14 * DAY_MS).toISOString();
    const replies = await Promise.all(
      Array.from({ length: RECORDED }, () => bank.call('/v1/complaints', { as, body: complaintBody({ receivedAt }) })),
    );
    const ids = replies.map(({ json }) => json.id as string).toSorted();
    const record = (id: string): Promise<number> =>
      bank
        .call(`/v1/complaints/${id}/complexity`, {
          as,
          body: { note: '须核对录音' },
          headers: { 'idempotency-key': `complex-${id}` },
          server: bank.servers.length - 1,
        })
        .then(
          ({ status }) => status,
          // The connection was cut: whoever asked does not know whether it was recorded.
          () => 0,
        );
    const recorded = async (): Promise<unknown> =>
      (
        await run<object>(
          `select count(*)::int as events, count(distinct e.complaint)::int as complaints, count(*) filter (where c.ledger_version = 1 and c.term_id = 'decide-complex')::int as moved,
             (select count(*)::int from timeline where kind = 'clock-event' and complaint = any($1)) as entries,
             (select count(*)::int from (select complaint, kind, due_on from milestone where complaint = any($1)) m) as milestones,
             (select count(*)::int from timeline where kind = 'milestone' and complaint = any($1)) as told
           from clock_event e join complaint c on c.id = e.complaint where e.complaint = any($1)`,
          [ids],
        )
      )[0];
    // Half of them can be written to and half cannot: of those some are in the middle when the service dies.
    const half = ids.slice(RECORDED / 2);
    let answers: Promise<number[]> = Promise.resolve([]);
    await holding(`select from complaint where id in (${half.map((id) => `'${id}'`).join(', ')}) order by id for update`, async () => {
      answers = Promise.all(ids.map(record));
      await eventually('events of those that can be had', async () => ((await recorded()) as { events: number }).events >= RECORDED / 2);
      await bank.servers.at(-1)?.kill9();
    });
    const first = await answers;
    expect(first.slice(RECORDED / 2)).toEqual(half.map(() => 0));
    expect(await recorded()).toMatchObject({ events: RECORDED / 2, moved: RECORDED / 2, entries: RECORDED / 2 });
    await bank.startServer();
    // Whoever does not know asks again with the same key.
    expect(await Promise.all([...ids, ...ids].map(record))).toEqual([...ids, ...ids].map(() => 201));
    await eventually('the milestones of all', async () => (await run('select from complaint where wake_at <= now()', [])).length === 0);
    const { milestones, told, ...counts } = (await recorded()) as { milestones: number; told: number };
    expect(counts).toEqual({ events: RECORDED, complaints: RECORDED, moved: RECORDED, entries: RECORDED });
    expect([told, milestones > 0]).toEqual([milestones, true]);
  });
});
