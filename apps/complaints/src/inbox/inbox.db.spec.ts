import { EVERY_INSTITUTION } from '#pg';
import { openComplaints, type Run } from '../../testing/open-complaints.ts';
import { Handling } from '../../testing/handling.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import { Supervision } from '../../testing/supervision.ts';
import { toCommand } from '../clock/event-command.ts';
import type { CounterName } from './counters.ts';
import type { Scope } from './inbox.dto.ts';

let stage: Stage;
let desk: Supervision;
const sql: Run = (text, values) => stage.sql(text, values, EVERY_INSTITUTION);
const ME = handler.subject;

const count = async (name: CounterName, who = supervisor, scope?: Scope): Promise<number> =>
  (await desk.inboxes.inbox(who, { scope })).counters.find((each) => each.name === name)?.count ?? -1;

beforeAll(async () => {
  stage = await Stage.open();
  desk = new Supervision(stage);
  stage.now = '2026-03-01T12:00:00+08:00';
  // Due fifteen days after: over since 28 February, today, tomorrow, on the 4th, on the 5th.
  const days = ['2026-02-13', '2026-02-14', '2026-02-15', '2026-02-17', '2026-02-18'];
  for (const [n, receivedOn] of days.entries()) await openComplaints(sql, { receivedOn, handler: n % 2 === 0 ? ME : null, count: n + 1 });
  await openComplaints(sql, { receivedOn: '2026-02-14', institutionId: 'bank-2', count: 50 });
});
afterAll(() => stage.close());

describe('the counters', () => {
  it('count what is due by the local day, of all or of mine', async () => {
    const of = async (names: CounterName[], ...rest: [typeof supervisor, Scope?]) => Promise.all(names.map((name) => count(name, ...rest)));
    expect(await of(['overdue', 'today', 'within-3', 'unassigned'], supervisor)).toEqual([1, 2, 3 + 4, 2 + 4]);
    // A handler's page begins with his own.
    expect(await of(['overdue', 'today', 'within-3', 'mine'], handler)).toEqual([1, 0, 3, 1 + 3 + 5]);
    expect(await of(['today'], handler, 'all')).toEqual([2]);
    expect(await count('today', principal('complaint-supervisor', { institutionId: 'bank-2' }))).toBe(50);
  });

  it('count what a list would show', async () => {
    for (const [name, dueBucket] of [
      ['overdue', 'overdue'],
      ['today', 'today'],
      ['within-3', 'within-3'],
    ] as const)
      expect(await count(name)).toBe((await stage.listing.counts(supervisor, { dueBucket })).total);
  });

  it('count what waits, is to be told, and has been paused for long', async () => {
    const [told, paused] = [await stage.register(), await stage.register()];
    await stage.decide(told.id);
    await stage.record(paused.id, toCommand.pause({ reason: 'appraisal', complainantToldAt: '2026-03-01T12:00:00+08:00' }));
    expect([await count('to-tell'), await count('paused-long')]).toEqual([1, 0]);
    stage.now = '2026-04-01T12:00:01+08:00';
    expect(await count('paused-long')).toBe(1);
    stage.now = '2026-03-01T12:00:00+08:00';
    await desk.bulks.propose(supervisor, { action: 'add-tag', tag: 'x', note: 'x', ids: [told.id] }, null, 'r');
    expect([await count('awaiting-approval'), await count('awaiting-approval', { ...supervisor, subject: 's2' })]).toEqual([0, 1]);
  });
});

describe('workload and ageing', () => {
  it('are of each handler and of each unit, with their names', async () => {
    const handling = new Handling(stage);
    await handling.unit('branch');
    await handling.member(ME, { unit: 'branch' });
    const { items } = await desk.inboxes.workload(supervisor, {});
    expect(items.find(({ key }) => key === ME)).toMatchObject({ name: `人员 ${ME}`, open: 9, dueSoon: 3, overdue: 1, paused: 0 });
    const units = (await desk.inboxes.workload(supervisor, { by: 'unit' })).items;
    expect(units.find(({ key }) => key === 'branch')).toMatchObject({ name: 'branch 分行', open: 9, overdue: 1 });
    expect(units.reduce((sum, { open }) => sum + open, 0)).toBe(items.reduce((sum, { open }) => sum + open, 0));
  });

  it('put each open complaint into one cell', async () => {
    const { cells, total } = await desk.inboxes.ageing(supervisor, {});
    expect(total).toBe(15 + 2);
    expect(cells).toContainEqual({ age: '16-30', left: 'overdue', count: 1 });
    expect(cells).toContainEqual({ age: '8-15', left: '0-3', count: 2 + 3 + 4 });
    expect((await desk.inboxes.ageing(handler, { handler: 'me' })).total).toBe(9);
  });
});
