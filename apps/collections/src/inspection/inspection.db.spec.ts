import { createHash } from 'node:crypto';
import { FORBIDDEN, INVALID, NOT_FOUND } from '#problem';
import { agencyOf, inspector, manager, OversightRoom } from '../../testing/oversight-room.ts';
import { refusal } from '../../testing/policy-room.ts';
import { principal, Stage } from '../../testing/stage.ts';
import { NOT_OPEN, NOT_PLANNED, NOT_REPLIED, NOT_UNDER_WAY, NOT_WHOLE, OWN_REPORT } from './inspection.refusals.ts';

let stage: Stage;
let room: OversightRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new OversightRoom(stage);
  await stage.addAgencies(['a1', 'a2', 'a3']);
});
beforeEach(() => {
  stage.now = '2026-11-29T10:00:00+08:00';
});
afterAll(() => stage.close());

const key = (name: string) => ({ key: name, hash: createHash('sha256').update(name).digest() });
const acts = async (resource: string): Promise<string[]> =>
  (await stage.sql<{ action: string }>('select action from register_act where resource = $1 order by id', [resource])).map(
    ({ action }) => action,
  );

describe('an inspection', () => {
  it('is planned for today or later, by the bank, of an agency that has not left', async () => {
    const made = await room.planned('a1', { plannedOn: '2026-11-29' });
    expect(made).toMatchObject({ state: 'planned', inspector: 'lin', checklistVersion: 1, agencyName: 'a1' });
    expect(made.items.map(({ itemId }) => itemId)).toContain('no-subcontracting');
    expect(await room.openTasks(`inspection/${made.id}`)).toEqual(['carry-out-inspection']);
    expect((await refusal(room.planned('a1', { plannedOn: '2026-11-28' }))).extras.errors?.[0]?.pointer).toBe('/plannedOn');
    expect((await refusal(room.planned('nobody'))).kind).toBe(NOT_FOUND);
    const request = { agencyId: 'a1', kind: 'on-site' as const, plannedOn: '2026-12-01' };
    expect((await refusal(room.inspections.plan(agencyOf('a1'), request, null))).kind).toBe(FORBIDDEN);
    await stage.sql(`update agency set status = 'exited' where agency_id = 'a3'`);
    expect((await refusal(room.planned('a3'))).kind).toBe(INVALID);
  });

  it('asked for twice under one key is one', async () => {
    const request = { agencyId: 'a1', kind: 'off-site' as const, plannedOn: '2026-12-01' };
    const [one, two] = await Promise.all([1, 2].map(() => room.inspections.plan(inspector, request, key('plan'))));
    expect(two?.id).toBe(one?.id);
  });

  it('is put off and cancelled while it has not begun, each with its task and its record', async () => {
    const { id } = await room.planned('a2');
    await room.inspections.reschedule(inspector, id, { plannedOn: '2026-12-20', inspector: 'wang', reason: '机构搬迁' }, null);
    const [task] = await stage.sql(`select person, due_at as due from task where resource = $1 and done_at is null`, [`inspection/${id}`]);
    expect(task).toEqual({ person: 'wang', due: new Date('2026-12-21T00:00:00+08:00') });
    await room.inspections.cancel(inspector, id, '重复', null);
    expect(await room.openTasks(`inspection/${id}`)).toEqual([]);
    expect((await refusal(room.inspecting.begin(inspector, id, null))).kind).toBe(NOT_PLANNED);
    expect(await acts(`inspection/${id}`)).toEqual(['inspection-planned', 'inspection-rescheduled', 'inspection-cancelled']);
  });

  it('begins once, whoever begins it', async () => {
    const { id } = await room.planned('a2');
    const begun = await Promise.allSettled([inspector, manager].map((by) => room.inspecting.begin(by, id, null)));
    expect(begun.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('keeps the checklist that it began with', async () => {
    const before = await room.begun('a2', { kind: 'off-site' });
    const waiting = await room.planned('a2', { kind: 'off-site' });
    const items = [{ itemId: 'own', zh: '本行要求', en: 'Our own', sources: ['GBT 5.4'] }];
    const version = { kind: 'off-site' as const, title: { zh: '表', en: 'List' }, items, reason: '本行办法' };
    const made = await Promise.all([1, 2].map((n) => room.checklists.add(inspector, version, key(`checklist ${n}`))));
    expect(made.map(({ version: number }) => number).toSorted()).toEqual([2, 3]);
    expect((await room.checklists.add(inspector, version, key('checklist 1'))).version).toBe(made[0]?.version);
    expect((await room.inspections.find(inspector, before.id)).items).toEqual(before.items);
    expect(await room.inspecting.begin(inspector, waiting.id, null)).toMatchObject({ checklistVersion: 3, items });
    const twice = { ...version, items: [...items, ...items] };
    expect((await refusal(room.checklists.add(inspector, twice, null))).extras.errors?.[0]?.pointer).toBe('/items/1/itemId');
  });

  it('is done when every item is answered and every finding said', async () => {
    const { id, items } = await room.begun('a1');
    const answers = items.map(({ itemId }) => ({ itemId, answer: 'ok' as const, note: '已核' }));
    const pointers = async () =>
      (await refusal(room.inspecting.complete(inspector, id, '完', null))).extras.errors?.map((one) => one.pointer);
    expect((await refusal(room.inspecting.complete(inspector, id, '完', null))).kind).toBe(NOT_WHOLE);
    expect(await pointers()).toHaveLength(items.length);
    await room.inspecting.answer(inspector, id, { answers });
    await room.inspecting.answer(inspector, id, { answers: [{ itemId: 'visits', answer: 'finding', note: '单人外访' }] });
    expect(await pointers()).toEqual(['/findings/visits']);
    const finding = await room.inspecting.find(
      inspector,
      id,
      { itemId: 'visits', severity: 'critical', summary: '单人外访', dueOn: '2026-12-05' },
      null,
    );
    expect(finding).toMatchObject({ state: 'draft', source: 'CBA26 22' });
    // Nothing of it reaches the agency before it is done.
    expect((await refusal(room.inspections.find(agencyOf('a1'), id))).kind).toBe(NOT_FOUND);
    expect((await refusal(room.rectifications.find(agencyOf('a1'), finding.id))).kind).toBe(NOT_FOUND);
    const done = await room.inspecting.complete(inspector, id, '一项发现', null);
    expect(done).toMatchObject({ state: 'done', openFindings: 1, summary: '一项发现' });
    expect((await refusal(room.inspecting.answer(inspector, id, { answers }))).kind).toBe(NOT_UNDER_WAY);
    expect((await room.inspections.find(agencyOf('a1'), id)).findings).toMatchObject([{ state: 'open', summary: '单人外访' }]);
    expect((await refusal(room.inspections.find(agencyOf('a2'), id))).kind).toBe(NOT_FOUND);
    expect((await refusal(room.inspections.find(principal('compliance', { institutionId: 'bank-2' }), id))).kind).toBe(NOT_FOUND);
    expect(await room.openTasks(`inspection-finding/${finding.id}`)).toEqual(['rectify-finding']);
    expect(await acts(`inspection/${id}`)).toEqual(['inspection-planned', 'inspection-begun', 'inspection-done']);
  });

  it('takes back a finding while it is under way, and keeps no words in the clear', async () => {
    const { id } = await room.begun('a1');
    const finding = await room.inspecting.find(inspector, id, { severity: 'minor', summary: '张三无证', dueOn: '2026-12-05' }, null);
    const [row] = await stage.sql<{ text: string }>(`select row_to_json(f)::text as text from inspection_finding f where id = $1`, [
      finding.id,
    ]);
    expect(row?.text).not.toContain('张三');
    expect((await room.inspecting.takeBack(inspector, finding.id)).findings).toEqual([]);
  });
});

describe('a finding', () => {
  it('goes to and fro until the bank accepts what was done, and never by who reported it', async () => {
    const { findings } = await room.done('a1', [{}]);
    const id = findings[0]?.id ?? '';
    expect((await refusal(room.rectifications.judge(inspector, id, { verdict: 'accepted', note: '好' }, null))).kind).toBe(NOT_REPLIED);
    expect((await refusal(room.rectifications.report(agencyOf('a2'), id, '已改', null))).kind).toBe(NOT_FOUND);
    await room.rectifications.report(agencyOf('a1'), id, '已培训', key('report'));
    expect(await room.rectifications.report(agencyOf('a1'), id, '已培训', key('report'))).toMatchObject({
      state: 'replied',
      reports: [{}],
    });
    expect((await refusal(room.rectifications.report(agencyOf('a1'), id, '又', null))).kind).toBe(NOT_OPEN);
    expect(await room.openTasks(`inspection-finding/${id}`)).toEqual(['verify-rectification']);
    expect((await refusal(room.rectifications.judge(agencyOf('a1'), id, { verdict: 'accepted', note: '好' }, null))).kind).toBe(FORBIDDEN);
    const past = { verdict: 'rejected' as const, note: '缺证据', dueOn: '2026-11-28' };
    expect((await refusal(room.rectifications.judge(inspector, id, past, null))).extras.errors?.[0]?.pointer).toBe('/dueOn');
    const back = await room.rectifications.judge(inspector, id, { ...past, dueOn: '2026-12-15' }, null);
    expect(back).toMatchObject({ state: 'open', dueOn: '2026-12-15', reports: [{ verdict: 'rejected', verdictNote: '缺证据' }] });
    expect(await room.openTasks(`inspection-finding/${id}`)).toEqual(['rectify-finding']);
    // The bank may report for the agency, and another person judges it.
    await room.rectifications.report(manager, id, '机构来函', null);
    expect((await refusal(room.rectifications.judge(manager, id, { verdict: 'accepted', note: '好' }, null))).kind).toBe(OWN_REPORT);
    const judged = await Promise.allSettled(
      [inspector, principal('compliance', { subject: 'sun' })].map((by) =>
        room.rectifications.judge(by, id, { verdict: 'accepted', note: '已核' }, null),
      ),
    );
    expect(judged.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await room.rectifications.find(agencyOf('a1'), id)).toMatchObject({ state: 'accepted' });
    expect(await room.openTasks(`inspection-finding/${id}`)).toEqual([]);
  });

  it('is late from the day after its last day', async () => {
    const { findings } = await room.done('a2', [{ dueOn: '2026-12-01' }]);
    const id = findings[0]?.id ?? '';
    const late = async (at: string) => {
      stage.now = at;
      return (await room.rectifications.find(inspector, id)).late;
    };
    expect(await late('2026-12-01T23:59:59+08:00')).toBe(false);
    expect(await late('2026-12-02T00:00:00+08:00')).toBe(true);
  });

  it('is listed to its agency alone', async () => {
    const theirs = await room.rectifications.list(agencyOf('a2'), {});
    expect(new Set(theirs.items.map(({ agencyId }) => agencyId))).toEqual(new Set(['a2']));
    expect((await room.rectifications.list(agencyOf('a2'), { agencyId: 'a1' })).items).toEqual([]);
    expect((await room.inspections.list(agencyOf('a2'), {})).items.every(({ state }) => state === 'done')).toBe(true);
  });
});

describe('the plan of a year', () => {
  it('gives every active agency what it misses, once, on working days that are left', async () => {
    await stage.addAgencies(['b1', 'b2', 'b3', 'b4'], 'bank-3');
    const by = { ...inspector, institutionId: 'bank-3' };
    stage.now = '2027-02-01T09:00:00+08:00';
    const plan = { year: 2027, kinds: ['on-site' as const, 'off-site' as const] };
    await Promise.all([1, 2, 3].map(() => room.coverage.planYear(by, plan, null)));
    const { items } = await room.coverage.planYear(by, plan, null);
    expect(items.map(({ onSitePlanned, offSitePlanned, missing }) => [onSitePlanned, offSitePlanned, missing])).toEqual(
      Array.from({ length: 4 }, () => [1, 1, 0]),
    );
    const days = await stage.sql<{ day: string; weekday: number }>(
      `select planned_on::text as day, extract(isodow from planned_on)::integer as weekday from inspection where institution_id = 'bank-3' order by planned_on`,
      [],
      'bank-3',
    );
    expect(days.every(({ day, weekday }) => day >= '2027-02-15' && day <= '2027-12-17' && weekday < 6)).toBe(true);
    expect(new Set(days.map(({ day }) => day)).size).toBe(8);
    expect((await refusal(room.coverage.planYear(by, { ...plan, year: 2026 }, null))).extras.errors?.[0]?.pointer).toBe('/year');
  });

  it('shows what is missing, and tells people once', async () => {
    await stage.addAgencies(['c1'], 'bank-4');
    const by = { ...inspector, institutionId: 'bank-4' };
    stage.now = '2027-01-05T09:00:00+08:00';
    expect((await room.coverage.coverage(by)).items).toMatchObject([{ agencyId: 'c1', onSiteNeeded: 1, missing: 1 }]);
    for (let times = 0; times < 3; times += 1) await room.desk.read(by, (tx) => room.coverage.tellMissing(tx, by));
    const open = () => stage.sql(`select due_at as due from task where kind = 'plan-inspection' and done_at is null`, [], 'bank-4');
    expect(await open()).toEqual([{ due: new Date('2027-04-01T00:00:00+08:00') }]);
    await room.inspections.plan(by, { agencyId: 'c1', kind: 'on-site', plannedOn: '2027-03-01' }, null);
    expect(await open()).toEqual([]);
    expect((await room.coverage.coverage(by)).items).toMatchObject([{ missing: 0, nextOn: '2027-03-01' }]);
  });
});

describe('the setting of oversight', () => {
  it('is the product’s until somebody sets it, and nobody overwrites what somebody else has set', async () => {
    const by = { ...inspector, institutionId: 'bank-5' };
    const { setBy, setAt, ...before } = await room.settings.find(by);
    expect([before.version, setBy, setAt, before.suspendWhenEvaluationOverdueDays]).toEqual([0, null, null, 30]);
    const next = { ...before, suspendWhenEvaluationOverdueDays: null, reason: '试行' };
    const set = await Promise.allSettled([1, 2].map(() => room.settings.set(by, next)));
    expect(set.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await room.settings.find(by)).toMatchObject({ version: 1, suspendWhenEvaluationOverdueDays: null, setBy: 'lin' });
    expect((await room.settings.find(inspector)).version).toBe(0);
  });
});
