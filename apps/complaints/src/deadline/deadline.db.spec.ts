import type { DataSource } from 'typeorm';
import { FixedClock } from '#clock';
import { createDataSource, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { testDatabase, type TestDatabase } from '#testkit';
import { openComplaints, type OpenComplaints } from '../../testing/open-complaints.ts';
import { DeadlineJobs } from './deadline.jobs.ts';
import { DeadlineStore } from './deadline.store.ts';
import { MILESTONE_KINDS } from './milestone.ts';

let db: TestDatabase;
let source: DataSource;
const clock = new FixedClock(new Date());
const store = new DeadlineStore();

beforeAll(async () => {
  db = await testDatabase('complaints');
  source = await createDataSource({ url: db.appUrl, poolSize: 16, applicationName: 'deadline' });
});
afterAll(async () => {
  await source.destroy();
  await db.drop();
});
beforeEach(async () => {
  await inEvery((tx) => tx.query('delete from outbox'));
  for (const table of ['notification_read', 'notification', 'timeline', 'milestone', 'clock_event', 'complaint'])
    await inEvery((tx) => tx.query(`delete from ${table}`));
});

const inEvery = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(source, { institutionId: EVERY_INSTITUTION }, work);
const sql = <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> => inEvery((tx) => tx.query<Row>(text, values));
const open = (one: OpenComplaints): Promise<string[]> => openComplaints(sql, one);

function sweepAt(instant: string): Promise<number> {
  clock.override = new Date(instant);
  return new DeadlineJobs(source, clock, store).fireMilestones();
}

/** The milestones of the complaints so far, in the order of their timelines. */
async function fired(): Promise<string[]> {
  const rows = await sql<{ kind: string }>(`select data ->> 'kind' as kind from timeline where kind = 'milestone' order by id`);
  return rows.map(({ kind }) => kind);
}

const wakes = async (): Promise<(string | null)[]> =>
  (await sql<{ wake: Date | null }>('select wake_at as wake from complaint order by id')).map(({ wake }) => wake?.toISOString() ?? null);

const shanghai = (local: string): string => new Date(`${local}:00+08:00`).toISOString();
const RECEIVED = { receivedOn: '2026-02-10' };

describe('a complaint that nobody answers', () => {
  it('is reminded of at the local midnights of its last days, then escalated', async () => {
    await open(RECEIVED);
    const days: [string, number, string | null][] = [
      ['2026-02-19T23:59', 0, '2026-02-20T00:00'],
      ['2026-02-20T00:00', 1, '2026-02-22T00:00'],
      ['2026-02-21T23:59', 0, '2026-02-22T00:00'],
      ['2026-02-22T00:00', 1, '2026-02-24T00:00'],
      ['2026-02-24T09:00', 1, '2026-02-25T00:00'],
      ['2026-02-25T00:00', 1, '2026-02-26T00:00'],
      ['2026-02-25T23:59', 0, '2026-02-26T00:00'],
      ['2026-02-26T00:00', 1, '2026-02-27T00:00'],
      ['2026-02-27T00:00', 1, null],
      ['2026-03-27T00:00', 0, null],
    ];
    for (const [at, count, wake] of days) {
      expect([at, await sweepAt(shanghai(at))]).toEqual([at, count]);
      expect(await wakes()).toEqual([wake && shanghai(wake)]);
    }
    expect(await fired()).toEqual([...MILESTONE_KINDS]);
  });

  it('is marked as missed when its term ends, and not before', async () => {
    await open(RECEIVED);
    const state = async (): Promise<string | undefined> => (await sql<{ state: string }>('select state from complaint'))[0]?.state;
    await sweepAt(shanghai('2026-02-25T23:59'));
    expect(await state()).toBe('running');
    await sweepAt(shanghai('2026-02-26T00:00'));
    expect(await state()).toBe('missed');
  });

  it('is told of at the midnight of its own zone', async () => {
    await open({ ...RECEIVED, timeZone: 'America/New_York' });
    expect(await sweepAt('2026-02-20T04:59:59Z')).toBe(0);
    expect(await sweepAt('2026-02-20T05:00:00Z')).toBe(1);
  });

  it('has all of them at once when nobody swept for a month', async () => {
    await open(RECEIVED);
    expect(await sweepAt(shanghai('2026-03-27T00:00'))).toBe(6);
    expect(await fired()).toEqual([...MILESTONE_KINDS]);
    expect(await sweepAt(shanghai('2026-03-27T00:00'))).toBe(0);
  });

  it('gives with each a milestone, an entry, a notification and a message, to whom it concerns', async () => {
    const [id] = await open({ ...RECEIVED, handler: 'zhang' });
    await sweepAt(shanghai('2026-03-27T00:00'));
    const counts = await sql(
      `select (select count(*)::int from milestone) as milestones, (select count(*)::int from timeline where actor = 'system') as entries,
         (select count(*)::int from notification) as notifications, (select coalesce(sum(json_array_length((payload -> 'milestones')::json)), 0)::int from outbox where topic = 'complaint.milestones') as told`,
    );
    expect(counts).toEqual([{ milestones: 6, entries: 6, notifications: 6, told: 6 }]);
    const told = await sql('select kind, recipient, recipient_role as role, data from notification order by id');
    const data = { dueOn: '2026-02-25' };
    expect(told).toEqual([
      ...['due-in-5', 'due-in-3', 'due-in-1', 'due-today'].map((kind) => ({ kind, recipient: 'zhang', role: null, data })),
      { kind: 'overdue-supervisor', recipient: null, role: 'complaint-supervisor', data },
      { kind: 'overdue-head-office', recipient: null, role: 'head-office-approver', data },
    ]);
    const messages = await sql('select payload, institution_id as whose from outbox');
    const milestones = MILESTONE_KINDS.map((kind) => ({ complaintId: id, kind, dueOn: '2026-02-25' }));
    expect(messages).toEqual([{ payload: { milestones }, whose: 'bank-1' }]);
  });

  it('reminds every handler while nobody has it', async () => {
    await open(RECEIVED);
    await sweepAt(shanghai('2026-02-20T00:00'));
    expect(await sql('select recipient, recipient_role as role from notification')).toEqual([
      { recipient: null, role: 'complaint-handler' },
    ]);
  });
});

describe('what a due date owes when it is set', () => {
  it('is not what lies before that day; what is due that day is owed at once', async () => {
    await open({ ...RECEIVED, setAt: shanghai('2026-02-24T15:00') });
    expect(await sweepAt(shanghai('2026-02-24T15:01'))).toBe(1);
    expect(await fired()).toEqual(['due-in-1']);
  });

  it('is every escalation that is true', async () => {
    await open({ ...RECEIVED, setAt: shanghai('2026-03-24T15:00') });
    await sweepAt(shanghai('2026-03-24T15:01'));
    expect(await fired()).toEqual(['overdue-supervisor', 'overdue-head-office']);
  });

  it('is nothing while the clock is paused, nor when the complaint is closed', async () => {
    await open({ ...RECEIVED, count: 2 });
    await sql(`update complaint set state = 'paused' where id = (select min(id::text)::uuid from complaint)`);
    await sql(`update complaint set state = 'withdrawn', closed_at = now(), wake_at = null where state = 'running'`);
    expect(await sweepAt(shanghai('2026-03-27T00:00'))).toBe(0);
    expect(await wakes()).toEqual([null, null]);
  });

  it('is owed anew for another date', async () => {
    await open(RECEIVED);
    await sweepAt(shanghai('2026-02-22T00:00'));
    await sql(
      `update complaint c set due_on = '2026-02-28', due_at = '2026-03-01T00:00+08', due_set_at = '2026-02-23T10:00+08',
         wake_at = next_wake(c.id, 'running', null, '2026-02-28', '2026-03-01T00:00+08', time_zone, '2026-02-23T10:00+08')`,
    );
    await sweepAt(shanghai('2026-02-23T10:00'));
    await sweepAt(shanghai('2026-02-25T10:00'));
    expect(await fired()).toEqual(['due-in-5', 'due-in-3', 'due-in-5', 'due-in-3']);
  });
});

describe('sweeps', () => {
  const COUNT = 1300;

  it('at the same time fire each milestone once', async () => {
    await open({ ...RECEIVED, count: COUNT });
    const sums = await Promise.all(Array.from({ length: 4 }, () => sweepAt(shanghai('2026-02-26T00:00'))));
    expect(sums.reduce((sum, one) => sum + one, 0)).toBe(5 * COUNT);
    const [counted] = await sql(
      `select count(*)::int as entries, count(distinct (complaint, data ->> 'kind'))::int as kinds, (select count(*)::int from notification) as notifications,
         (select coalesce(sum(json_array_length((payload -> 'milestones')::json)), 0)::int from outbox where topic = 'complaint.milestones') as told, (select count(*)::int from milestone) as milestones from timeline`,
    );
    const all = 5 * COUNT;
    expect(counted).toEqual({ entries: all, kinds: all, notifications: all, told: all, milestones: all });
  });

  it('that end in the middle leave nothing behind, and what they had is fired later', async () => {
    await open({ ...RECEIVED, count: 3 });
    const now = new Date(shanghai('2026-02-20T00:00'));
    const crash = inEvery(async (tx) => {
      expect(await store.fire(tx, now, 2)).toEqual({ complaints: 2, milestones: 2 });
      throw new Error('the process ends here');
    });
    await expect(crash).rejects.toThrow('the process ends here');
    expect(await fired()).toEqual([]);
    expect(await sweepAt(now.toISOString())).toBe(3);
    expect(await sweepAt(now.toISOString())).toBe(0);
  });

  it('pass by a complaint that someone is writing to, and see what he wrote', async () => {
    const [id = ''] = await open(RECEIVED);
    await inEvery(async (tx) => {
      await tx.query('select from complaint where id = $1 for update', [id]);
      expect(await sweepAt(shanghai('2026-02-20T00:00'))).toBe(0);
      await tx.query(`update complaint set state = 'paused', wake_at = null where id = $1`, [id]);
    });
    expect(await sweepAt(shanghai('2026-02-20T00:01'))).toBe(0);
  });

  it('leave what next_wake would say', async () => {
    await open({ ...RECEIVED, count: 5 });
    await open({ receivedOn: '2026-02-14', count: 5, timeZone: 'Asia/Kathmandu' });
    await open({ receivedOn: '2026-02-03', count: 5, setAt: shanghai('2026-02-18T10:00') });
    for (const at of ['2026-02-18T12:00', '2026-02-20T00:00', '2026-02-23T07:00', '2026-02-28T00:00', '2026-03-05T00:00']) {
      await sweepAt(shanghai(at));
      const wrong = await sql(
        `select id from complaint c where wake_at is distinct from next_wake(id, state, closed_at, due_on, due_at, time_zone, due_set_at)`,
      );
      expect([at, wrong]).toEqual([at, []]);
    }
  });

  it('find what is due by the index', async () => {
    await open({ ...RECEIVED, count: 2000 });
    await sql('analyze complaint').catch(() => undefined);
    const plan = await inEvery(async (tx) => {
      await tx.query('set local enable_seqscan = off');
      return tx.query<{ 'QUERY PLAN': string }>(
        `explain select id from complaint where wake_at <= (select clock_timestamp()) order by wake_at limit 500 for update skip locked`,
      );
    });
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('complaint_wake');
  });
});

it('each milestone is evidence, once, of its own institution', async () => {
  const [first] = await open({ ...RECEIVED });
  await Promise.all([sweepAt('2026-02-20T00:00:00+08:00'), sweepAt('2026-02-20T00:00:00+08:00')]);
  const rows = await sql<{ same: boolean; milestone: string }>(
    `select e.institution_id = c.institution_id as same, e.body->>'milestone' as milestone from evidence_record e join complaint c on c.id = (e.body->>'complaintId')::uuid
     where e.kind = 'deadline-milestone' and e.body->>'complaintId' = '${first ?? ''}'`,
  );
  expect(rows).toEqual([
    { same: true, milestone: (await sql<{ kind: string }>(`select kind from milestone where complaint = '${first ?? ''}'`))[0]?.kind },
  ]);
  const waiting = await sql<{ n: number }>(
    `select count(*)::int as n from evidence_record r where kind = 'deadline-milestone' and not exists (select from evidence_pending p where p.record = r.id)`,
  );
  expect(waiting).toEqual([{ n: 0 }]);
});
