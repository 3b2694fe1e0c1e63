import { inTransaction } from '#pg';
import { Handling, refusalOf } from '../../testing/handling.ts';
import { call, MajorStage } from '../../testing/major.ts';
import { BANK, handler, headOffice, principal, Stage, supervisor } from '../../testing/stage.ts';
import { SortingStage } from '../../testing/sorting.ts';
import { traitsOf } from '../classification/traits.ts';
import { MatrixService } from '../decision/matrix.service.ts';
import { MatrixStore } from '../decision/matrix.store.ts';

let stage: Stage;
let room: Handling;
let sorting: SortingStage;
let major: MajorStage;

beforeAll(async () => {
  stage = await Stage.open();
  room = new Handling(stage);
  sorting = new SortingStage(stage);
  major = new MajorStage(stage);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-11-23T10:00:00+08:00';
  for (const table of ['stage_milestone', 'stage_entry', 'stage_limit', 'desk_absence', 'desk_member'])
    await stage.sql(`delete from ${table}`);
  await stage.sql('update complaint set handler = null');
});

const threat = { channel: 'phone', business: 'credit-card', cause: 'collection-threat', area: 'collection' };
const classify = (id: string, more: object = {}, reason: string | null = null) =>
  sorting.classifications.confirm(handler, id, { ...threat, ...more, reason }, null, 'r');
const register = async (more: object = {}) => (await stage.register({ narrative: '本人对年费有异议', subject: '年费', ...more })).id;
const begun = async (more: object = {}): Promise<string> => {
  const id = await register(more);
  await room.stages.begin(BANK, [id]);
  return id;
};
const best = async (id: string) => (await room.rules.suggestion(supervisor, id)).candidates.map(({ subject }) => subject);
const track = (id: string) => room.stages.track(supervisor, id, 'r');
const kinds = async (id: string) =>
  (await stage.sql<{ kind: string }>('select kind from timeline where complaint = $1 order by id', [id])).map(({ kind }) => kind);

describe('who is suggested', () => {
  it('follows what a person has confirmed, then what rules suggest, then the category', async () => {
    await room.member('fees', { areas: ['marketing'], causes: ['fees'] });
    await room.member('calls', { areas: ['collection'], causes: ['collection-conduct'] });
    const id = await register({ category: 'marketing' });
    expect(await best(id)).toEqual(['fees', 'calls']);
    const told = await register({ category: 'marketing', subject: '催收', narrative: '催收员辱骂并威胁本人' });
    await sorting.classificationJobs.run();
    expect((await inTransaction(stage.source, handler, (tx) => traitsOf(tx, [told]))).get(told)).toMatchObject({ confirmed: false });
    // The cause is suggested, the category says marketing: causes weigh less than areas, and both areas are known.
    expect((await room.rules.suggestion(supervisor, told)).candidates.find(({ subject }) => subject === 'calls')?.parts).toContainEqual({
      part: 'cause',
      points: 20,
      of: 20,
    });
    await classify(id);
    // Whoever does all of `collection-conduct` does threats: a cause counts with those above it.
    expect(await best(id)).toEqual(['calls', 'fees']);
    expect((await stage.assignments.assign(supervisor, id, { auto: true }, 'r')).handler).toBe('calls');
  });

  it('knows what stands above a code in the institution’s own table', async () => {
    const codes = [
      { dimension: 'channel', code: 'phone', parent: null, zh: '电话', en: 'Phone', validFrom: '2026-01-01' },
      { dimension: 'business', code: '02', parent: null, zh: '卡', en: 'Cards', validFrom: '2026-01-01' },
      { dimension: 'business', code: '0201', parent: '02', zh: '信用卡', en: 'Credit cards', validFrom: '2026-01-01' },
      { dimension: 'cause', code: '03', parent: null, zh: '催收', en: 'Collection', validFrom: '2026-01-01' },
      { dimension: 'cause', code: '0301', parent: '03', zh: '催收方式', en: 'Manner', validFrom: '2026-01-01' },
      { dimension: 'cause', code: '030101', parent: '0301', zh: '威胁', en: 'Threats', validFrom: '2026-01-01' },
    ];
    const { version } = await sorting.tables.put(supervisor, { codes, note: '本行代码' });
    await sorting.tables.propose(supervisor, String(version), { validFrom: '2026-11-23' }, null);
    await sorting.tables.approve(principal('compliance'), String(version), null);
    const id = await register();
    await classify(id, { business: '0201', cause: '030101' });
    const known = (await inTransaction(stage.source, handler, (tx) => traitsOf(tx, [id]))).get(id);
    expect(known).toEqual({ confirmed: true, area: 'collection', business: ['0201', '02'], cause: ['030101', '0301', '03'] });
    expect(
      await inTransaction(stage.source, principal('complaint-handler', { institutionId: 'bank-2' }), (tx) => traitsOf(tx, [id])),
    ).toEqual(new Map());
    await stage.sql(`update code_table set state = 'replaced' where version = $1`, [version]);
  });
});

describe('the time of a stage', () => {
  it('becomes that of a grave complaint when a person says what it is, counted from then, once', async () => {
    const id = await begun();
    expect(await track(id)).toMatchObject({ severity: 'normal', entries: [{ amount: 24, dueAt: '2026-11-24T10:00:00+08:00' }] });
    stage.now = '2026-11-23T18:00:00+08:00';
    await classify(id);
    const told = await stage.sql<{ count: number }>(
      `select count(*)::int as count from outbox where topic = 'complaint.classified' and payload ->> 'complaintId' = $1`,
      [id],
    );
    expect(told).toEqual([{ count: 1 }]);
    const done = await Promise.all([1, 2, 3].map(() => room.stages.reweigh(BANK, id)));
    expect(done.toSorted()).toEqual([false, false, true]);
    expect(await track(id)).toMatchObject({
      severity: 'major',
      entries: [{ amount: 2, unit: 'hours', dueAt: '2026-11-23T20:00:00+08:00' }],
    });
    expect((await kinds(id)).filter((kind) => kind === 'stage-limited')).toHaveLength(1);
    // Nobody is late for what was said a moment ago; two hours later somebody is.
    await room.stageJobs.fire();
    expect(await kinds(id)).not.toContain('stage-overdue');
    stage.now = '2026-11-23T20:00:00+08:00';
    await room.stageJobs.fire();
    expect(await kinds(id)).toContain('stage-overdue');
  });

  it('is longer again when it turns out to be nothing grave, and stays as it is once decided', async () => {
    const id = await begun();
    await classify(id);
    await room.stages.reweigh(BANK, id);
    await classify(id, { cause: 'fees', area: 'marketing' }, '实为年费');
    expect(await room.stages.reweigh(BANK, id)).toBe(true);
    expect(await track(id)).toMatchObject({ severity: 'normal', entries: [{ amount: 24, dueAt: '2026-11-24T10:00:00+08:00' }] });
    const decided = await begun();
    await stage.decide(decided);
    await classify(decided);
    expect(await room.stages.reweigh(BANK, decided)).toBe(false);
    expect(await room.stages.reweigh('bank-2', id)).toBe(false);
  });

  it('of a stage that is entered later is that of what the complaint is by then', async () => {
    const id = await begun();
    await classify(id);
    const { entries } = await room.stages.move(supervisor, id, { to: 'investigation', note: null }, null, 'r');
    expect(entries.at(-1)).toMatchObject({ stage: 'investigation', amount: 3 });
  });

  it('is that of a grave one while the complaint is part of an open major matter', async () => {
    const id = await begun();
    const matter = await major.open([id]);
    const told = await stage.sql<{ ids: string }>(
      `select payload ->> 'complaintIds' as ids from outbox where topic = 'complaint.major-changed'`,
    );
    expect(told).toEqual([{ ids: id }]);
    expect(await room.stages.reweigh(BANK, id)).toBe(true);
    expect(await track(id)).toMatchObject({ severity: 'major', entries: [{ amount: 2, dueAt: '2026-11-23T12:00:00+08:00' }] });
    await major.endings.downgrade(call(), matter.id, { reason: '误报' });
    await major.endings.settleDowngrade(call(headOffice), matter.id, { agrees: true });
    expect(await room.stages.reweigh(BANK, id)).toBe(true);
    expect(await track(id)).toMatchObject({ severity: 'normal', entries: [{ amount: 24, dueAt: '2026-11-24T10:00:00+08:00' }] });
    await major.drill();
    expect(await stage.sql(`select from outbox where topic = 'complaint.major-changed'`)).toHaveLength(2);
  });

  it('has grave causes of the institution’s own, which stay when limits alone are set', async () => {
    const { current } = await room.stageLimits.find(supervisor);
    expect(current.severeCauses).toContain('collection-threat');
    const limits = current.limits.map((limit) => ({ ...limit }));
    const first = await room.stageLimits.set(supervisor, { basedOn: 0, limits, severeCauses: ['fees', 'fees'] });
    expect(first.current.severeCauses).toEqual(['fees']);
    expect((await room.stageLimits.set(supervisor, { basedOn: 1, limits })).current.severeCauses).toEqual(['fees']);
    expect((await refusalOf(room.stageLimits.set(supervisor, { basedOn: 1, limits }))).kind.code).toBe('stage-limits-changed');
    const id = await begun();
    await classify(id);
    expect((await track(id)).severity).toBe('normal');
    await classify(id, { cause: 'fees' }, '年费');
    expect((await track(id)).severity).toBe('major');
  });
});

it('the matrix asks for the approvers of the area that a person has confirmed', async () => {
  const matrices = new MatrixService(stage.source, new MatrixStore(), stage.reading, sorting.approvals);
  const row = { amountAbove: null, currency: 'CNY', severity: null, major: false, role: 'head-office-approver' as const, approvers: 2 };
  const { version } = await matrices.create(supervisor, { rows: [{ ...row, area: 'marketing' }], note: 'x' }, null);
  await matrices.approve(headOffice, String(version), null);
  const id = await register({ category: 'collection-night' });
  const weigh = () =>
    inTransaction(stage.source, handler, async (tx) => {
      const record = await stage.reading.find(tx, handler, id);
      return (await matrices.weigh(tx, record, { amount: null, currency: null, severity: 'ordinary' })).need;
    });
  expect(await weigh()).toBeNull();
  await classify(id, { area: 'marketing', cause: 'marketing' });
  expect(await weigh()).toMatchObject({ role: 'head-office-approver', approvers: 2 });
});
