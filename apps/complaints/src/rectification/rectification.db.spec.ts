import { AfterRoom, call, codeOf, key, regulator, superior, superior2 } from '../../testing/after.ts';
import { handler, principal, Stage } from '../../testing/stage.ts';
import type { CauseKind } from '../root-cause/root-cause.dto.ts';
import type { RectificationRequest } from './rectification.dto.ts';

let stage: Stage;
let room: AfterRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new AfterRoom(stage);
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-10-20T10:00:00+08:00'));

const whys = ['深夜来电', '排班系统未按时区', '需求遗漏', '评审没有合规参加', '流程未要求'];
const propose = async (complaint: string, objectRef = 'quiet-hours', kind: CauseKind = 'rule') =>
  (await room.causes.propose(handler, complaint, { kind, objectKind: 'rule', objectRef, whys }, call())).id;
const confirmed = async (objectRef = 'quiet-hours', receivedAt = '2026-10-01T09:00:00+08:00'): Promise<string> => {
  const id = await propose(await room.closed({ receivedAt }), objectRef);
  await room.causes.settle(superior, id, { confirmed: true }, call());
  return id;
};
const request = (causes: string[], more: Partial<RectificationRequest> = {}): RectificationRequest => ({
  causes,
  title: '按债务人所在地时区排班',
  ownerKind: 'member',
  owner: superior2.subject,
  dueOn: '2026-11-10',
  steps: [{ text: '改排班规则' }, { text: '复核名单', dueOn: '2026-11-01' }],
  ...more,
});
const opened = async (causes: string[]): Promise<string> => (await room.rectifications.open(handler, request(causes), call())).item.id;
const inPlace = async (causes: string[], implementedOn = '2026-10-20'): Promise<string> => {
  const id = await opened(causes);
  for (const n of [1, 2]) await room.rectifications.doStep(handler, id, n, { note: '已完成' }, call());
  await room.rectifications.implement(handler, id, { implementedOn }, call());
  return id;
};

describe('a root cause', () => {
  it('is of a justified complaint, proposed by one and confirmed by another, once', async () => {
    const unjust = await room.closed({}, 'not-upheld');
    expect(await codeOf(propose(unjust))).toBe('not-justified');
    const complaint = await room.closed();
    const own = { kind: 'people', objectKind: 'none', whys } as const;
    const { id } = await room.causes.propose(superior, complaint, own, call(key('cause')));
    expect((await room.causes.propose(superior, complaint, own, call(key('cause')))).id).toBe(id);
    expect(await codeOf(room.causes.propose(handler, complaint, own, call()))).toBe('cause-known');
    expect(await codeOf(room.causes.settle(superior, id, { confirmed: true }, call()))).toBe('own-request');
    expect(await codeOf(room.causes.settle(superior2, id, { confirmed: false }, call()))).toBe('invalid');
    const third = principal('complaint-supervisor', { subject: 'superior-3' });
    const codes = await Promise.all(
      [superior, superior2, third].map((who) => codeOf(room.causes.settle(who, id, { confirmed: true }, call()))),
    );
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    expect(await room.causes.list(handler, complaint, 'r')).toMatchObject({ justified: true, items: [{ state: 'confirmed', whys }] });
    expect(await room.kinds(complaint)).toEqual(expect.arrayContaining(['cause-proposed', 'cause-confirmed']));
  });

  it('names its object, and may go back or be replaced', async () => {
    const complaint = await room.closed();
    for (const wrongly of [{ objectKind: 'rule' }, { objectKind: 'none', objectRef: 'x' }] as const)
      expect(await codeOf(room.causes.propose(handler, complaint, { kind: 'rule', whys, ...wrongly }, call()))).toBe('invalid');
    const back = await propose(complaint);
    expect(await room.causes.settle(superior, back, { confirmed: false, note: '再问一个为什么' }, call())).toMatchObject({
      state: 'returned',
    });
    const again = await propose(complaint);
    await room.causes.settle(superior, again, { confirmed: true }, call());
    await room.causes.replace(superior, again, '实为系统问题', call());
    expect(await codeOf(room.causes.replace(superior, again, 'x', call()))).toBe('not-in-this-state');
    const masked = await room.causes.list(regulator, complaint, 'r');
    expect(masked).toMatchObject({ masked: true, items: [{ state: 'returned', whys }, { state: 'replaced' }] });
    expect(await codeOf(room.causes.list(principal('complaint-handler', { institutionId: 'bank-2' }), complaint, 'r'))).toBe('not-found');
  });

  it('is counted by what it was', async () => {
    for (let n = 0; n < 3; n += 1) await confirmed('counted');
    const { items, justified, withCause } = await room.causes.statistics(superior, { from: '2026-10-01', to: '2026-10-31' });
    expect(items.find(({ objectRef }) => objectRef === 'counted')).toMatchObject({ complaints: 3, rectified: 0, kind: 'rule' });
    expect(justified).toBeGreaterThanOrEqual(withCause);
    expect(await codeOf(room.causes.statistics(superior, { from: '2026-10-02', to: '2026-10-01' }))).toBe('invalid');
  });
});

describe('a measure', () => {
  it('is taken against confirmed causes that are the same', async () => {
    const [one, two, other] = [await confirmed('a'), await confirmed('a'), await confirmed('b')];
    const proposed = await propose(await room.closed(), 'a');
    for (const wrongly of [[one, other], [proposed], ['x'], ['01890b3c-0000-7000-8000-000000000000']])
      expect(await codeOf(room.rectifications.open(handler, request(wrongly), call()))).toBe('invalid');
    expect(await codeOf(room.rectifications.open(handler, request([one], { dueOn: '2026-10-01' }), call()))).toBe('invalid');
    const made = await Promise.all([1, 2, 3].map(() => room.rectifications.open(handler, request([one, two]), call(key('open')))));
    expect(new Set(made.map(({ item }) => item.id)).size).toBe(1);
    expect(made[0]).toMatchObject({
      item: { state: 'open', steps: 2, stepsDone: 0, objectRef: 'a' },
      causes: [{ causeId: one }, { causeId: two }],
    });
  });

  it('is in place when its steps are done, and closed only on an effect that is shown', async () => {
    const id = await opened([await confirmed('c')]);
    expect(await codeOf(room.rectifications.implement(handler, id, { implementedOn: '2026-10-20' }, call()))).toBe('not-in-this-state');
    const twice = await Promise.all([1, 2].map(() => codeOf(room.rectifications.doStep(handler, id, 1, { note: '好' }, call()))));
    expect(twice.toSorted()).toEqual(['done', 'not-in-this-state']);
    expect(await codeOf(room.rectifications.doStep(handler, id, 9, { note: '好' }, call()))).toBe('not-found');
    await room.rectifications.doStep(handler, id, 2, { note: '好' }, call());
    expect(await codeOf(room.rectifications.implement(handler, id, { implementedOn: '2026-10-21' }, call()))).toBe('invalid');
    await room.rectifications.implement(handler, id, { implementedOn: '2026-10-20' }, call());
    expect(await codeOf(room.effects.measure(superior, id, { windowDays: 10 }, call()))).toBe('too-early');
    stage.now = '2026-10-31T00:00:00+08:00';
    const { effects } = await room.effects.measure(superior, id, { windowDays: 10 }, call());
    expect(effects).toMatchObject([
      { verdict: 'too-few', beforeFrom: '2026-10-10', beforeTo: '2026-10-19', afterFrom: '2026-10-21', afterTo: '2026-10-30' },
    ]);
    expect(await codeOf(room.effects.close(superior, id, { effectId: effects[0]?.id ?? '' }, call()))).toBe('effect-not-shown');
    expect(await codeOf(room.effects.close(superior, id, { effectId: 'x' }, call()))).toBe('invalid');
  });

  it('is measured on what was known at the instant, stays as it was measured, and closes on it', async () => {
    const causes: string[] = [];
    for (let n = 0; n < 8; n += 1) causes.push(await confirmed('d', `2026-10-0${n + 1}T09:00:00+08:00`));
    const id = await inPlace(causes.slice(0, 1));
    stage.now = '2026-11-09T23:59:59+08:00';
    const wide = { windowDays: 20, asOf: '2026-11-09T23:59:59+08:00' };
    expect(await codeOf(room.effects.measure(superior, id, wide, call()))).toBe('too-early');
    stage.now = '2026-11-10T00:00:00+08:00';
    const cases = { openCasesBefore: '2000', openCasesAfter: '1000', openCasesSource: '催收系统月报' };
    expect(await codeOf(room.effects.measure(superior, id, { windowDays: 20, openCasesBefore: '5' }, call()))).toBe('invalid');
    const measured = await room.effects.measure(superior, id, { windowDays: 20 }, call(key('measure')));
    expect(measured.effects).toMatchObject([{ before: 8, after: 0, ratio: 0, unit: 'per-day', beforeRate: 0.4 }]);
    // What is found out later does not change what was measured, nor what was known then.
    const asOf = '2026-11-10T00:00:00+08:00';
    stage.now = '2026-11-11T00:00:00+08:00';
    await room.causes.replace(superior, causes[7] ?? '', '实为系统问题', call());
    expect((await room.effects.measure(superior, id, { windowDays: 20 }, call(key('measure')))).effects).toEqual(measured.effects);
    const byCase = await room.effects.measure(superior, id, { windowDays: 20, asOf, ...cases }, call());
    expect(byCase.effects.at(0)).toEqual(measured.effects[0]);
    expect(byCase.effects.at(1)).toMatchObject({ unit: 'per-thousand-cases', casesSource: '催收系统月报', beforeRate: 0.2 });
    const [first, last] = byCase.effects;
    expect(last?.before).toBe(8);
    const final = await room.effects.measure(superior, id, { windowDays: 20 }, call());
    expect(final.effects.at(-1)).toMatchObject({ before: 7, after: 0, verdict: 'shown' });
    expect(first?.verdict).toBe('shown');
    expect(first?.words).toMatch(/8 complaints of this cause in the 20 days before, 0 in as many days after/);
    expect(await codeOf(room.effects.close(superior, id, { effectId: first?.id ?? '' }, call()))).toBe('invalid');
    const codes = await Promise.all(
      [superior, superior2].map((who) => codeOf(room.effects.close(who, id, { effectId: final.effects.at(-1)?.id ?? '' }, call()))),
    );
    expect(codes.toSorted()).toEqual(['done', 'not-in-this-state']);
  });

  it('reckons with complaints after it whose cause is not found yet', async () => {
    const causes: string[] = [];
    for (let n = 0; n < 6; n += 1) causes.push(await confirmed('e', `2026-09-2${n}T09:00:00+08:00`));
    stage.now = '2026-10-20T10:00:00+08:00';
    const id = await inPlace(causes.slice(0, 1));
    stage.now = '2026-11-21T10:00:00+08:00';
    for (let n = 0; n < 30; n += 1) await stage.register({ receivedAt: `2026-11-0${(n % 9) + 1}T09:00:00+08:00` });
    const { effects } = await room.effects.measure(superior, id, { windowDays: 30 }, call());
    expect(effects[0]).toMatchObject({ before: 6, after: 0, afterPending: 30 });
    expect(effects[0]?.afterExpected).toBeGreaterThan(0);
    expect(effects[0]?.pWithPending ?? 0).toBeGreaterThan(effects[0]?.pValue ?? 1);
  });
});

describe('four eyes', () => {
  it('more time is granted by another, once, and reminders follow the new date', async () => {
    const id = await opened([await confirmed('f')]);
    const ask = { dueOn: '2026-12-01', reason: '等系统上线' };
    expect(await codeOf(room.rectifications.askDelay(superior, id, { ...ask, dueOn: '2026-11-10' }, call()))).toBe('invalid');
    await room.rectifications.askDelay(superior, id, ask, call());
    expect(await codeOf(room.rectifications.askDelay(handler, id, ask, call()))).toBe('not-in-this-state');
    expect(await codeOf(room.rectifications.settleDelay(superior, id, { granted: true }, call()))).toBe('own-request');
    const third = principal('complaint-supervisor', { subject: 'superior-3' });
    const codes = await Promise.all(
      [superior2, third].map((who) => codeOf(room.rectifications.settleDelay(who, id, { granted: true }, call()))),
    );
    expect(codes.toSorted()).toEqual(['done', 'not-in-this-state']);
    const { item, firstDueOn, delays } = await room.rectificationReading.find(handler, id, call());
    expect([item.dueOn, firstDueOn, delays.map(({ granted }) => granted)]).toEqual(['2026-12-01', '2026-11-10', [true]]);
    expect(await stage.sql('select due_on, wake_at from after_deadline where ref = $1', [id])).toEqual([
      { due_on: '2026-12-01', wake_at: new Date('2026-11-28T00:00:00+08:00') },
    ]);
  });

  it('what cannot be measured is accepted by a second person who does not answer for it', async () => {
    const id = await inPlace([await confirmed('g')]);
    const third = principal('complaint-supervisor', { subject: 'superior-3' });
    const accept = (who: typeof superior, accepted = true) =>
      codeOf(room.effects.accept(who, id, { accepted, reason: '样本过小' }, call()));
    expect(await accept(third)).toBe('not-in-this-state');
    await room.effects.cannotMeasure(superior, id, '只有一件', call());
    expect(await accept(superior)).toBe('own-request');
    expect(await accept(superior2)).toBe('owner-accepts');
    expect(await accept(third, false)).toBe('done');
    expect((await room.rectificationReading.find(handler, id, call())).unmeasuredReason).toBeNull();
    await room.effects.cannotMeasure(handler, id, '只有一件', call());
    const fourth = principal('complaint-supervisor', { subject: 'superior-4' });
    expect((await Promise.all([accept(third), accept(fourth)])).toSorted()).toEqual(['done', 'not-in-this-state']);
    expect((await room.rectificationReading.find(handler, id, call())).item.state).toBe('accepted');
  });
});

it('is listed by when it is due, seen by its institution alone, and overdue once its day is over', async () => {
  const id = await opened([await confirmed('h')]);
  stage.now = '2026-11-11T00:00:00+08:00';
  const { items } = await room.rectificationReading.list(regulator, { overdue: true, open: true });
  expect(items.find((item) => item.id === id)).toMatchObject({ overdue: true, stepsDone: 0 });
  await Promise.all([1, 2].map(() => room.deadlines.fire()));
  await room.deadlines.fire();
  const told = await stage.sql<{ kind: string }>(`select kind from notification where data ->> 'ref' = $1 order by id`, [id]);
  expect(told.map(({ kind }) => kind)).toEqual(['rectification-due-in-3', 'rectification-overdue']);
  const stranger = principal('complaint-supervisor', { institutionId: 'bank-2' });
  expect((await room.rectificationReading.list(stranger, {})).items).toEqual([]);
  expect(await codeOf(room.effects.cancel(stranger, id, 'x', call()))).toBe('not-found');
  expect((await room.effects.cancel(superior, id, '不再需要', call())).item.state).toBe('cancelled');
});
