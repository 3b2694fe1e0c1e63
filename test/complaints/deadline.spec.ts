import { queueBackends, spawnService, type SpawnedService } from '#testkit';
import { openComplaints, type Run } from '../../apps/complaints/testing/open-complaints.ts';
import { Installation } from '../harness.ts';
import { eventually } from '../start/running.ts';

const COUNT = 3000;
// All six: received so long ago that both escalations are owed as well.
const ALL = 6 * COUNT;

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
         (select count(*)::int from notification) as notifications, (select count(*)::int from outbox where topic = 'complaint.milestone') as messages,
         (select count(*)::int from complaint where wake_at is not null) as outstanding, (select count(*)::int from complaint where state = 'missed') as missed
       from timeline where kind = 'milestone'`,
      [],
    );
    return row;
  }

  const everything = (complaints: number): object => {
    const all = 6 * complaints;
    return { milestones: all, entries: all, distinct_entries: all, notifications: all, messages: all, outstanding: 0, missed: complaints };
  };

  it('fire every one once, though workers are killed in the middle and the queue forgets everything', async () => {
    await owe(COUNT);
    let before = 0;
    for (let round = 1; round <= 2; round += 1) {
      const pair = await Promise.all([startWorker(), startWorker()]);
      await eventually(`milestones of round ${round}`, async () => (await firedSoFar()) > before);
      await Promise.all(pair.map((worker) => worker.kill9()));
      before = await firedSoFar();
      await bank.forgetQueue();
    }
    expect(before).toBeGreaterThan(0);
    // What is killed in the middle leaves something to do, or this test shows nothing.
    expect(before).toBeLessThan(ALL);
    await Promise.all([startWorker(), startWorker()]);
    await eventually('all of them', async () => (await firedSoFar()) >= ALL);
    await eventually(
      'the sweep’s end',
      async () => (await run<{ n: number }>('select count(*)::int as n from complaint where wake_at is not null', []))[0]?.n === 0,
    );
    expect(await counted()).toEqual(everything(COUNT));
  });

  it('go on while workers run and the queue forgets under them', async () => {
    await owe(500);
    await bank.forgetQueue();
    await eventually('those of the 500', async () => (await firedSoFar()) >= ALL + 3000);
    await bank.forgetQueue();
    await owe(100);
    await eventually('those of the 100', async () => (await firedSoFar()) >= ALL + 3600);
    expect(await counted()).toEqual(everything(COUNT + 600));
  });

  it('show in the notifications of those whom they concern, and in the metrics', async () => {
    const { status, json } = await bank.call('/v1/notifications/unread-count', { as: { role: 'head-office-approver' } });
    expect([status, json]).toEqual([200, { count: 1000 }]);
    const { text } = await bank.call('/metrics', { as: null });
    expect(text).toMatch(/^complaints_milestone_lag_seconds 0$/m);
    expect(text).toMatch(/^complaints_due_corrected 0$/m);
  });
});
