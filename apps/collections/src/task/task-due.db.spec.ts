import { principal, Stage } from '../../testing/stage.ts';
import { TaskRoom } from '../../testing/task-room.ts';

let stage: Stage;
let room: TaskRoom;
const manager = principal('collections-manager');
const compliance = principal('compliance');

beforeAll(async () => {
  stage = await Stage.open();
  room = new TaskRoom(stage);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-11-21T15:00:00+08:00';
  for (const table of ['notice_read', 'notice', 'task_extension', 'task']) await stage.sql(`delete from ${table}`);
});

const told = async (who = manager): Promise<string[]> => (await room.notices.list(who, {})).items.map(({ kind }) => kind);
const workers = (): Promise<unknown> => Promise.all(Array.from({ length: 4 }, () => room.due.tellOfDue()));

describe('a task that is due', () => {
  it('is reminded of when a quarter of its limit is left, and told to the role above at its time, each once', async () => {
    await room.open({ kind: 'take-back-case', resource: 'case/1' });
    stage.now = '2026-11-22T08:59:59+08:00';
    await workers();
    expect(await told()).toEqual([]);
    stage.now = '2026-11-22T09:00:00+08:00';
    await workers();
    await workers();
    expect([await told(), await told(compliance)]).toEqual([['task-due-soon'], []]);
    stage.now = '2026-11-22T15:00:00+08:00';
    await workers();
    await workers();
    expect([await told(), await told(compliance)]).toEqual([['task-overdue', 'task-due-soon'], ['task-escalated']]);
  });

  it('is told of once after nights in which nothing ran, as late and not as due soon', async () => {
    for (let each = 0; each < 1100; each += 1) await room.open({ kind: 'take-back-case', resource: `case/${each}`, person: 'm1' });
    stage.now = '2026-12-24T09:00:00+08:00';
    await workers();
    const rows = await stage.sql<{ kind: string; count: number }>(
      'select kind, count(*)::int as count from notice group by kind order by kind',
    );
    expect(rows).toEqual([
      { kind: 'task-escalated', count: 1100 },
      { kind: 'task-overdue', count: 1100 },
    ]);
  });

  it('is due again when it was given more time', async () => {
    const id = await room.open({ kind: 'take-back-case', resource: 'case/2' });
    stage.now = '2026-11-22T16:00:00+08:00';
    await workers();
    await room.moves.extend(compliance, id, { dueAt: '2026-11-23T16:00:00+08:00', reason: '等待' }, null);
    await workers();
    expect(await told()).toEqual(['task-overdue']);
    stage.now = '2026-11-23T17:00:00+08:00';
    await workers();
    expect([await told(), await told(compliance)]).toEqual([
      ['task-overdue', 'task-overdue'],
      ['task-escalated', 'task-escalated'],
    ]);
  });

  it('is not told of when it is done', async () => {
    await room.open({ kind: 'take-back-case', resource: 'case/3' });
    await stage.sql(`update task set done_at = opened_at, done_by = 'm1'`);
    stage.now = '2026-11-30T09:00:00+08:00';
    await workers();
    expect(await told()).toEqual([]);
  });
});

describe('what an agency is told', () => {
  const of = (role: 'agent' | 'agency-supervisor', agencyId: string | null) =>
    principal(role, { agencyId, subject: `${role}-${agencyId}` });

  it('is of its own tasks; its collectors’ supervisor is its own, the bank’s collectors have the manager', async () => {
    await room.open({ kind: 'take-back-case', resource: 'case/4', role: 'agent', agencyId: 'a' });
    await room.open({ kind: 'take-back-case', resource: 'case/5', role: 'agent' });
    // What the bank has to do about an agency.
    await room.open({ kind: 'judge-agency-finding', resource: 'finding/1', agencyId: 'a' });
    stage.now = '2026-11-30T09:00:00+08:00';
    await workers();
    expect(await told(of('agent', 'a'))).toEqual(['task-overdue']);
    expect(await told(of('agency-supervisor', 'a'))).toEqual(['task-escalated']);
    expect([await told(of('agent', 'b')), await told(of('agency-supervisor', 'b'))]).toEqual([[], []]);
    expect(await told(of('agent', null))).toEqual(['task-overdue']);
    expect(await told()).toEqual(['task-escalated']);
    expect(await told(compliance)).toEqual(['task-overdue']);
  });
});

describe('a notice', () => {
  it('is read by each for himself, once; nobody reads another’s', async () => {
    await room.open({ kind: 'take-back-case', resource: 'case/6' });
    stage.now = '2026-11-22T15:00:00+08:00';
    await room.due.tellOfDue();
    const [notice] = (await room.notices.list(manager, {})).items;
    const id = notice?.id ?? '';
    expect(notice).toMatchObject({ taskKind: 'take-back-case', resource: 'case/6', dueAt: '2026-11-22T15:00:00+08:00', readAt: null });
    const [first] = await Promise.all([room.notices.read(manager, id), room.notices.read(manager, id)]);
    stage.now = '2026-11-22T17:00:00+08:00';
    expect((await room.notices.read(manager, id)).readAt).toBe(first.readAt);
    expect([
      await room.notices.countUnread(manager),
      await room.notices.countUnread(principal('collections-manager', { subject: 'm2' })),
    ]).toEqual([{ count: 0 }, { count: 1 }]);
    for (const stranger of [principal('agent'), principal('collections-manager', { institutionId: 'bank-2' })])
      await expect(room.notices.read(stranger, id)).rejects.toMatchObject({ kind: { code: 'not-found' } });
    expect((await room.notices.list(manager, { unread: true })).items).toEqual([]);
  });
});
