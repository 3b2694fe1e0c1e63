import type { Principal } from '#auth';
import { hashOf } from '#idempotency';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { TaskRoom } from '../../testing/task-room.ts';
import type { NewTask } from './task.service.ts';

let stage: Stage;
let room: TaskRoom;
let serial = 0;

beforeAll(async () => {
  stage = await Stage.open();
  room = new TaskRoom(stage);
  await stage.addCases([{ caseId: 'C1', agencyId: 'agency-a' }]);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-11-21T15:00:00+08:00';
  for (const table of ['notice_read', 'notice', 'task_extension', 'task', 'task_limit', 'task_setting'])
    await stage.sql(`delete from ${table}`);
});

const manager = principal('collections-manager');
const compliance = principal('compliance');
const headOffice = principal('head-office-approver');
const ownAgent = principal('agent', { subject: 'own-1' });
const agentOf = (agencyId: string, subject = `agent-of-${agencyId}`): Principal => principal('agent', { agencyId, subject });
const supervisorOf = (agencyId: string): Principal => principal('agency-supervisor', { agencyId, subject: `supervisor-of-${agencyId}` });

// The two kinds of the product that are there from the beginning: the manager's and the compliance people's.
const open = (more: Partial<NewTask> = {}): Promise<string> =>
  room.open({ kind: 'take-back-case', resource: `case/${(serial += 1)}`, ...more });
const key = (text: string) => ({ key: text, hash: hashOf(text, {}) });
const ids = async (who: Principal, more: object = {}): Promise<string[]> => (await room.list.list(who, more)).items.map(({ id }) => id);
const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string } }) => error.kind?.code ?? error,
  );
const all = { whose: 'all' };

describe('the list of tasks', () => {
  it('is mine, my role’s or my team’s', async () => {
    const pool = await open();
    const mine = await open({ person: manager.subject });
    const others = await open({ person: 'manager-2' });
    const above = await open({ kind: 'judge-agency-finding', agencyId: 'agency-a' });
    expect(await ids(manager, { whose: 'mine' })).toEqual([mine]);
    expect((await ids(manager)).toSorted()).toEqual([pool, mine].toSorted());
    expect((await ids(manager, all)).toSorted()).toEqual([pool, mine, others].toSorted());
    expect((await ids(compliance, all)).toSorted()).toEqual([pool, mine, others, above].toSorted());
    expect(await ids(principal('regulator'))).toEqual([]);
    expect(await ids(principal('regulator'), all)).toHaveLength(4);
    expect(await ids(principal('collections-manager', { institutionId: 'bank-2' }), all)).toEqual([]);
  });

  it('parts agencies from each other, from the bank’s own collectors, and from what the bank does about them', async () => {
    const about = await open({ kind: 'judge-agency-finding', agencyId: 'agency-a' });
    const ofA = await open({ role: 'agent', agencyId: 'agency-a' });
    const ofB = await open({ role: 'agent', agencyId: 'agency-b' });
    const ofBank = await open({ role: 'agent' });
    for (const whose of ['role', 'all']) {
      expect(await ids(supervisorOf('agency-a'), { whose })).toEqual(whose === 'all' ? [ofA] : []);
    }
    expect(await ids(agentOf('agency-a'))).toEqual([ofA]);
    expect(await ids(agentOf('agency-b'))).toEqual([ofB]);
    expect(await ids(ownAgent)).toEqual([ofBank]);
    expect((await ids(manager, all)).toSorted()).toEqual([ofA, ofB, ofBank].toSorted());
    for (const id of [about, ofB, ofBank]) {
      expect(await codeOf(room.desk.find(supervisorOf('agency-a'), id))).toBe('not-found');
      expect(await codeOf(room.moves.take(agentOf('agency-a'), id, null))).toBe('not-found');
    }
    expect(await codeOf(room.moves.take(ownAgent, ofA, null))).toBe('not-found');
  });

  it('comes by due time in buckets and in pages without a gap, and counts them', async () => {
    const due = ['2026-11-21T14:00', '2026-11-21T16:00', '2026-11-21T16:00', '2026-11-25T00:00', '2027-01-01T00:00'];
    for (const each of due) await open({ dueAt: new Date(`${each}:00+08:00`) });
    expect(await room.list.counts(manager, {})).toEqual({ overdue: 1, day: 2, week: 1, later: 1 });
    for (const [bucket, count] of Object.entries({ overdue: 1, day: 2, week: 1, later: 1 }))
      expect(await ids(manager, { due: bucket })).toHaveLength(count);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await room.list.list(manager, { limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ dueAt }) => dueAt.slice(0, 16)));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(due);
    expect(await codeOf(room.list.list(manager, { cursor: 'bm8' }))).toBe('invalid');
  });

  it('is by kind, by case and by agency', async () => {
    const [{ id: caseUuid } = { id: '' }] = await stage.sql<{ id: string }>(`select id from collection_case where case_id = 'C1'`);
    const ofCase = await open({ caseUuid, agencyId: 'agency-a' });
    await open({ agencyId: 'agency-b' });
    for (const filter of [{ caseId: 'C1' }, { caseId: caseUuid }, { agencyId: 'agency-a' }])
      expect(await ids(manager, filter)).toEqual([ofCase]);
    expect(await ids(compliance, { ...all, kind: 'judge-agency-finding' })).toEqual([]);
    expect(await room.list.counts(manager, { caseId: 'C1' })).toMatchObject({ day: 0, week: 1 });
    expect((await room.list.list(manager, { caseId: 'C1' })).items[0]).toMatchObject({
      caseId: 'C1',
      due: 'week',
      late: false,
      moves: ['take', 'hand-over'],
    });
  });

  it('shows what is done to whoever did it, the latest first', async () => {
    for (const id of [1, 2]) {
      stage.now = `2026-11-21T1${id}:00:00+08:00`;
      const task = { kind: 'take-back-case', resource: `case/done-${id}` } as const;
      await open(task);
      await stage.sql(`update task set done_at = $1, done_by = $2, outcome = 'taken-back' where resource = $3`, [
        stage.clock.override,
        manager.subject,
        task.resource,
      ]);
    }
    const { items } = await room.list.list(manager, { whose: 'mine', state: 'done' });
    expect(items).toMatchObject([{ resource: 'case/done-2', late: false, due: null, moves: [] }, { resource: 'case/done-1' }]);
  });
});

describe('taking a task', () => {
  it('succeeds for one of many who ask at once', async () => {
    const id = await open();
    const people = Array.from({ length: 8 }, (_none, index) => principal('collections-manager', { subject: `m${index}` }));
    const codes = await Promise.all(people.map((who) => codeOf(room.moves.take(who, id, null))));
    expect(codes.toSorted()).toEqual(['done', ...Array.from({ length: 7 }, () => 'task-taken')]);
    expect(await stage.sql(`select from register_act where resource = 'task/${id}' and action = 'task-taken'`)).toHaveLength(1);
  });

  it('is the same when it is asked again, and is for those of its role', async () => {
    const id = await open();
    const [first, again] = [await room.moves.take(manager, id, key('take-1')), await room.moves.take(manager, id, key('take-1'))];
    expect(again).toEqual(first);
    expect(first).toMatchObject({
      person: manager.subject,
      moves: ['hand-over'],
      history: [{ action: 'task-taken', by: manager.subject }],
    });
    expect(await codeOf(room.moves.take(compliance, await open(), null))).toBe('not-your-task');
    expect(await codeOf(room.moves.take(manager, 'no-id', null))).toBe('not-found');
  });
});

describe('handing a task over', () => {
  const reason = '休假';
  it('goes to a person, who is told, or back to the role, or up', async () => {
    const id = await open({ person: manager.subject });
    const given = await room.moves.handOver(manager, id, { person: 'manager-2', reason }, key('hand-1'));
    expect(given).toMatchObject({ person: 'manager-2', role: 'collections-manager', history: [{ action: 'task-handed-over', reason }] });
    expect(await room.moves.handOver(manager, id, { person: 'manager-2', reason }, key('hand-1'))).toEqual(given);
    const other = principal('collections-manager', { subject: 'manager-2' });
    expect((await room.notices.list(other, {})).items).toMatchObject([{ kind: 'task-handed-over', taskId: id }]);
    expect(await codeOf(room.moves.handOver(manager, id, { person: 'x', reason }, null))).toBe('task-taken');
    expect(await room.moves.handOver(compliance, id, { role: 'compliance', reason }, null)).toMatchObject({
      person: null,
      role: 'compliance',
    });
    // What was handed up is out of reach of those below.
    expect(await codeOf(room.desk.find(other, id))).toBe('not-found');
  });

  it('never goes down, sideways or nowhere', async () => {
    const id = await open({ person: manager.subject });
    for (const role of ['agent', 'admin'] as const)
      expect(await codeOf(room.moves.handOver(manager, id, { role, reason }, null))).toBe('invalid');
    expect(await codeOf(room.moves.handOver(manager, id, { person: manager.subject, reason }, null))).toBe('invalid');
  });
});

describe('more time', () => {
  const reason = '等待机构回复';
  it('is given by somebody above, who does not have the task; what was due before stays on record', async () => {
    const id = await open();
    const dueAt = '2026-11-24T15:00:00+08:00';
    expect(await codeOf(room.moves.extend(manager, id, { dueAt, reason }, null))).toBe('not-supervisor');
    const given = await room.moves.extend(compliance, id, { dueAt, reason }, key('more-1'));
    expect(given).toMatchObject({ dueAt, firstDueAt: '2026-11-22T15:00:00+08:00', history: [{ action: 'task-extended', reason }] });
    expect(await room.moves.extend(compliance, id, { dueAt, reason }, key('more-1'))).toEqual(given);
    for (const earlier of [dueAt, '2026-11-23T15:00:00+08:00'])
      expect(await codeOf(room.moves.extend(headOffice, id, { dueAt: earlier, reason }, null))).toBe('invalid');
    const twice = [1, 2].map(() => codeOf(room.moves.extend(headOffice, id, { dueAt: '2026-11-25T15:00:00+08:00', reason }, null)));
    expect((await Promise.all(twice)).toSorted()).toEqual(['done', 'invalid']);
    expect(await stage.sql('select due_before as before, due_after as after from task_extension order by id')).toMatchObject([
      { before: new Date('2026-11-22T15:00:00+08:00'), after: new Date(dueAt) },
      { before: new Date(dueAt), after: new Date('2026-11-25T15:00:00+08:00') },
    ]);
  });

  it('is not one’s own to give', async () => {
    const id = await open({ role: 'agent', person: compliance.subject });
    expect(await codeOf(room.moves.extend(compliance, id, { dueAt: '2026-11-24T15:00:00+08:00', reason }, null))).toBe('not-supervisor');
  });
});

it('what ends with its work is not said to be done', async () => {
  const id = await open({ person: manager.subject });
  expect(await codeOf(room.moves.complete(manager, id, { outcome: 'done', note: '好了' }, null))).toBe('closed-by-its-work');
});

describe('the limits', () => {
  it('hold for tasks that are opened from now on, and are on record', async () => {
    const before = await open();
    const set = await room.limits.set(manager, { limits: [{ kind: 'take-back-case', limitHours: 8 }], remindPercent: 50, reason: '加快' });
    expect(set.remindPercent).toBe(50);
    expect(set.limits.find(({ kind }) => kind === 'take-back-case')).toMatchObject({
      limitHours: 8,
      productHours: 24,
      setBy: manager.subject,
    });
    const after = await open();
    const rows = await stage.sql<{ id: string; due: Date; remind: Date }>('select id, due_at as due, remind_at as remind from task');
    expect(rows.find(({ id }) => id === before)).toMatchObject({
      due: new Date('2026-11-22T15:00:00+08:00'),
      remind: new Date('2026-11-22T03:00:00+08:00'),
    });
    expect(rows.find(({ id }) => id === after)).toMatchObject({
      due: new Date('2026-11-21T23:00:00+08:00'),
      remind: new Date('2026-11-21T19:00:00+08:00'),
    });
    await room.limits.set(manager, { limits: [{ kind: 'take-back-case', limitHours: 8 }], reason: '再说一次' });
    await room.limits.set(manager, { limits: [{ kind: 'take-back-case', limitHours: null }], reason: '恢复' });
    expect((await room.limits.find(manager)).limits.find(({ kind }) => kind === 'take-back-case')).toMatchObject({
      limitHours: 24,
      setBy: null,
    });
    expect(await stage.sql(`select from register_act where institution_id = '${BANK}' and action = 'task-limits-set'`)).toHaveLength(2);
  });

  it('are said once and not empty', async () => {
    const twice = [
      { kind: 'take-back-case', limitHours: 8 },
      { kind: 'take-back-case', limitHours: 9 },
    ] as const;
    expect(await codeOf(room.limits.set(manager, { limits: [...twice], reason: 'x' }))).toBe('invalid');
    expect(await codeOf(room.limits.set(manager, { limits: [], reason: 'x' }))).toBe('invalid');
  });
});
