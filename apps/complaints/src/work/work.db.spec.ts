import { inTransaction } from '#pg';
import { Handling, key, refusalOf } from '../../testing/handling.ts';
import { BANK, handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import type { TaskRequest } from './work.dto.ts';

let stage: Stage;
let room: Handling;

const agency = principal('agency-supervisor', { agencyId: 'a1' });
const branch = principal('complaint-handler', { subject: 'branch-1' });

beforeAll(async () => {
  stage = await Stage.open();
  room = new Handling(stage);
  await room.unit('HRB');
  await room.member('branch-1', { unit: 'HRB' });
  await room.member('branch-2', { unit: 'HRB' });
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-11-23T10:00:00+08:00';
  for (const table of ['work_milestone', 'work_entry', 'work_task', 'notification']) await stage.sql(`delete from ${table}`);
});

const DUE = '2026-11-25T10:00:00+08:00';
const register = async (more: object = {}) => (await stage.register({ account: 'C1', ...more })).id;
const ask = (id: string, more: Partial<TaskRequest> = {}, by = handler) =>
  room.work.ask(by, id, { agencyId: 'a1', question: '请说明来电经过', dueAt: DUE, ...more }, null);
const see = (as: typeof handler, id: string) => room.tasks.find(as, id, 'r');
const code = async (work: Promise<unknown>) => (await refusalOf(work)).kind.code;

describe('asking', () => {
  it('an agency sees what was ticked, nobody who was not, and of others nothing', async () => {
    const complaint = await register({ narrative: '本人张三 13800000001 在深夜接到电话', against: { agencyId: 'a1' } });
    const blind = await see(agency, await ask(complaint));
    expect(blind.shown).toEqual({
      subject: null,
      narrative: null,
      requests: null,
      account: null,
      complainantName: null,
      complainantContact: null,
    });
    expect(blind.entries[0]).toMatchObject({ kind: 'asked', text: '请说明来电经过', dueAt: DUE });
    const told = await see(agency, await ask(complaint, { disclosed: ['narrative', 'account'] }));
    expect(told.shown).toMatchObject({ account: 'C1', complainantName: null });
    expect(told.shown.narrative).not.toMatch(/张三|13800000001/);
    const named = await see(agency, await ask(complaint, { disclosed: ['narrative', 'complainant-name'] }));
    expect(named.shown).toMatchObject({ complainantName: '张三', complainantContact: null, narrative: expect.stringContaining('张三') });
    expect(JSON.stringify(named)).not.toContain('13800000001');
    for (const stranger of [
      principal('agency-supervisor', { agencyId: 'a2' }),
      principal('agency-supervisor', { agencyId: 'a1', institutionId: 'bank-2' }),
    ]) {
      expect(await code(see(stranger, named.id))).toBe('not-found');
      expect((await room.tasks.list(stranger, { all: true }, 'r')).items).toEqual([]);
    }
    expect(await code(room.tasks.ofComplaint(agency, complaint, 'r'))).toBe('not-found');
    const [read] = await stage.sql<{ fields: string[] }>(
      `select fields from personal_data_read where subject = $1 order by id desc limit 1`,
      [agency.subject],
    );
    expect(read?.fields).toContain('complainant-name');
    const [row] = await stage.sql<{ text: string }>(`select string_agg(row_to_json(e)::text, '') as text from work_entry e`);
    expect(row?.text).not.toContain('来电');
  });

  it('has a time of its own, inside the term or with a reason, and one who is asked', async () => {
    const id = await register();
    const outside = '2026-12-20T10:00:00+08:00';
    const refused = await refusalOf(ask(id, { dueAt: outside }));
    expect(refused.extras.errors?.[0]).toMatchObject({ pointer: '/dueAt', source: 'CMP20 18' });
    const task = await ask(id, { dueAt: outside, outsideReason: '外部鉴定' });
    expect((await see(handler, task)).entries[0]?.outsideReason).toBe('外部鉴定');
    expect((await see(agency, task)).entries[0]?.outsideReason).toBeNull();
    expect((await refusalOf(ask(id, { dueAt: '2026-11-23T09:00:00+08:00' }))).extras.errors?.[0]?.pointer).toBe('/dueAt');
    for (const who of [{ agencyId: null }, { unit: 'HRB' }, { agencyId: null, unit: 'nowhere' }])
      expect((await refusalOf(ask(id, who))).extras.errors?.[0]?.pointer).toBe('/unit');
    expect(await code(ask(await register({ against: { staffId: handler.subject } })))).toBe('recused');
  });

  it('once for a key', async () => {
    const id = await register();
    const request = { agencyId: 'a1', question: 'x', dueAt: DUE };
    const all = await Promise.all([1, 2, 3].map(() => room.work.ask(handler, id, request, key(`ask-${id}`))));
    expect(new Set(all).size).toBe(1);
    expect((await room.tasks.ofComplaint(handler, id, 'r')).items).toHaveLength(1);
  });
});

describe('answering', () => {
  it('is returned for more and accepted, each once', async () => {
    const complaint = await register({ against: { agencyId: 'a1' } });
    const id = await ask(complaint);
    const both = await Promise.allSettled([1, 2].map((n) => room.work.answer(agency, id, { text: `回复 ${n}` }, null)));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await code(room.work.accept(agency, id, null))).toBe('forbidden');
    await room.work.giveBack(handler, id, { text: '请附录音', dueAt: DUE }, key('back'));
    await room.work.giveBack(handler, id, { text: '请附录音', dueAt: DUE }, key('back'));
    expect(await see(agency, id)).toMatchObject({ state: 'open', round: 2, mayAnswer: true });
    await room.work.answer(agency, id, { text: '已附' }, key('answer-2'));
    await room.work.answer(agency, id, { text: '已附' }, key('answer-2'));
    await room.work.accept(handler, id, null);
    const task = await see(handler, id);
    expect(task).toMatchObject({ state: 'accepted', mayAnswer: false });
    expect(task.entries.map(({ kind, round }) => [kind, round])).toEqual([
      ['asked', 1],
      ['answered', 1],
      ['returned', 2],
      ['answered', 2],
      ['accepted', 2],
    ]);
    expect(await code(room.work.cancel(handler, id, { reason: 'x' }, null))).toBe('task-state');
    const { items } = await stage.complaints.timeline(handler, complaint, {}, { requestId: 'r', language: 'en' });
    expect(
      items
        .slice(1)
        .map(({ kind }) => kind)
        .filter((kind) => kind.startsWith('task')),
    ).toHaveLength(5);
  });

  it('is for the unit that is asked; who is complained of does not answer for it', async () => {
    const id = await ask(await register({ against: { staffId: 'branch-2' } }), { agencyId: null, unit: 'HRB' });
    expect(await code(room.work.answer(handler, id, { text: 'x' }, null))).toBe('forbidden');
    expect(await code(room.work.answer(principal('complaint-handler', { subject: 'branch-2' }), id, { text: 'x' }, null))).toBe('recused');
    expect(await code(room.work.answer(agency, id, { text: 'x' }, null))).toBe('not-found');
    expect((await room.tasks.list(branch, {}, 'r')).items.map((task) => [task.id, task.mayAnswer])).toEqual([[id, true]]);
    await room.work.answer(branch, id, { text: '情况如下' }, null);
    expect((await see(principal('regulator'), id)).entries[1]?.text).toBe('情况如下');
  });

  it('goes on without an answer: the complaint is decided, and nobody is chased any more', async () => {
    const complaint = await register();
    const id = await ask(complaint);
    await stage.decide(complaint);
    await stage.tell(complaint);
    stage.now = '2026-11-26T10:00:00+08:00';
    expect(await room.workJobs.fire()).toBe(0);
    expect(await code(ask(complaint))).toBe('complaint-over');
    await room.work.answer(agency, id, { text: '迟到的回复' }, null);
  });
});

describe('the sweep', () => {
  it('reminds and escalates each once a round, however many sweep', async () => {
    const id = await ask(await register(), { agencyId: null, unit: 'HRB' });
    const fire = () => Promise.all([1, 2, 3].map(() => room.workJobs.fire()));
    const told = () =>
      stage.sql<{ kind: string; to: string }>('select kind, coalesce(recipient, recipient_role) as to from notification order by kind, 2');
    await fire();
    expect(await told()).toEqual([]);
    // A quarter of two days before.
    stage.now = '2026-11-24T22:00:00+08:00';
    await fire();
    expect(await told()).toEqual([
      { kind: 'work-reminder', to: 'branch-1' },
      { kind: 'work-reminder', to: 'branch-2' },
    ]);
    stage.now = DUE;
    await fire();
    await fire();
    expect((await told()).filter(({ kind }) => kind === 'work-overdue')).toEqual([
      { kind: 'work-overdue', to: handler.subject },
      { kind: 'work-overdue', to: 'complaint-supervisor' },
    ]);
    expect(await see(handler, id)).toMatchObject({ overdue: true });
    expect((await room.tasks.list(supervisor, { all: true, overdue: true }, 'r')).items).toHaveLength(1);
  });
});

describe('lists and cooperation', () => {
  it('go on where the page before ended', async () => {
    const complaint = await register();
    const ids = [];
    for (const hour of ['11', '12', '13', '14', '15']) ids.push(await ask(complaint, { dueAt: `2026-11-25T${hour}:00:00+08:00` }));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await room.tasks.list(agency, { limit: 2, ...(cursor ? { cursor } : {}) }, 'r');
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(ids);
    expect(await code(room.tasks.list(agency, { cursor: 'x' }, 'r'))).toBe('invalid');
    expect(await code(room.tasks.list(handler, { all: true }, 'r'))).toBe('forbidden');
  });

  it('counts what was in time, late, overdue and returned, by agency and unit', async () => {
    const complaint = await register();
    const [good, late, open, called, unit] = [
      await ask(complaint),
      await ask(complaint),
      await ask(complaint),
      await ask(complaint),
      await ask(complaint, { agencyId: null, unit: 'HRB' }),
    ];
    await room.work.cancel(handler, called, { reason: 'x' }, null);
    stage.now = '2026-11-23T20:00:00+08:00';
    await room.work.answer(agency, good, { text: 'x' }, null);
    await room.work.answer(branch, unit, { text: 'x' }, null);
    await room.work.giveBack(handler, unit, { text: 'x', dueAt: DUE }, null);
    stage.now = '2026-11-25T12:00:00+08:00';
    await room.work.answer(agency, late, { text: 'x' }, null);
    expect(open).toBeDefined();
    const period = { from: '2026-11-24', to: '2026-11-25' };
    const rows = await inTransaction(stage.source, supervisor, (tx) => room.tasks.cooperation(tx, BANK, period));
    expect(rows.find(({ agencyId }) => agencyId === 'a1')).toEqual({
      agencyId: 'a1',
      unit: null,
      due: 3,
      inTime: 1,
      late: 1,
      openOverdue: 1,
      returned: 0,
      medianHours: 30,
      score: 33.3,
    });
    expect(rows.find((row) => row.unit === 'HRB')).toMatchObject({ due: 2, inTime: 1, openOverdue: 1, returned: 1, score: 25 });
    const own = await room.tasks.cooperationOf(agency, period);
    expect(own.items.map(({ agencyId }) => agencyId)).toEqual(['a1']);
    expect((await room.tasks.cooperationOf(principal('agency-supervisor', { agencyId: 'a2' }), period)).items).toEqual([]);
  });
});
