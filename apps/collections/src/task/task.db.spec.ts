import { inTransaction, type Tx } from '#pg';
import { BANK, Stage } from '../../testing/stage.ts';
import { TaskService, type NewTask } from './task.service.ts';
import { TaskStore } from './task.store.ts';

let stage: Stage;
const tasks = new TaskService(new TaskStore());
const at = new Date('2026-11-21T15:00:00+08:00');

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const inBank = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(stage.source, { institutionId: BANK }, work);
const finding = (id: string, more: Partial<NewTask> = {}): NewTask => ({
  kind: 'judge-agency-finding',
  resource: `agency-finding/${id}`,
  agencyId: 'agency-a',
  ...more,
});
const end = { by: 'compliance-1', outcome: 'unfounded', at: new Date('2026-11-22T09:00:00+08:00') };
const rows = (id: string) =>
  stage.sql(`select role, due_at as due, done_by as by, outcome from task where resource = 'agency-finding/${id}' order by id`);

describe('a task', () => {
  it('is due when its kind says, when the institution says, or when it says itself', async () => {
    await inBank((tx) => tasks.open(tx, BANK, finding('1'), at));
    await stage.sql(`insert into task_limit values ('${BANK}', 'judge-agency-finding', 5, 'manager', now())`);
    await inBank((tx) => tasks.open(tx, BANK, finding('2'), at));
    await inBank((tx) => tasks.open(tx, BANK, finding('3', { dueAt: end.at, role: 'admin' }), at));
    const due = (await Promise.all(['1', '2', '3'].map(rows))).flat();
    expect(due).toMatchObject([
      { role: 'compliance', due: new Date('2026-11-24T15:00:00+08:00') },
      { role: 'compliance', due: new Date('2026-11-21T20:00:00+08:00') },
      { role: 'admin', due: end.at },
    ]);
  });

  it('is open once, however many open it, and open again when it is done', async () => {
    await Promise.all(Array.from({ length: 8 }, () => inBank((tx) => tasks.open(tx, BANK, finding('4'), at))));
    expect(await rows('4')).toHaveLength(1);
    const ended = await Promise.all([1, 2, 3].map(() => inBank((tx) => tasks.close(tx, BANK, finding('4'), end))));
    expect(ended.filter(Boolean)).toHaveLength(1);
    await inBank((tx) => tasks.open(tx, BANK, finding('4'), at));
    expect(await rows('4')).toMatchObject([
      { by: 'compliance-1', outcome: 'unfounded' },
      { by: null, outcome: null },
    ]);
  });

  it('is the institution’s own', async () => {
    await inBank((tx) => tasks.open(tx, BANK, finding('5'), at));
    const theirs = await inTransaction(stage.source, { institutionId: 'bank-2' }, (tx) => tasks.close(tx, 'bank-2', finding('5'), end));
    expect(theirs).toBe(false);
  });
});
