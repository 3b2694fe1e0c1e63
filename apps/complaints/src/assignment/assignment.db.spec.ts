import { Handling, key, refusalOf } from '../../testing/handling.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import { DEFAULT_WEIGHTS } from './score.ts';

let stage: Stage;
let room: Handling;

beforeAll(async () => {
  stage = await Stage.open();
  room = new Handling(stage);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-11-21T15:00:00+08:00';
  await stage.sql('delete from desk_absence');
  await stage.sql('delete from desk_member');
  await stage.sql('update complaint set handler = null');
});

const auto = (id: string) => stage.assignments.assign(supervisor, id, { auto: true }, 'r');
const register = async (more: object = {}) => (await stage.register({ category: 'collection-night', ...more })).id;
const byHand = (id: string, to: string) => stage.assignments.assign(supervisor, id, { handler: to }, 'r');

describe('the suggestion', () => {
  it('says who could take it part by part, and who is out and why', async () => {
    await room.member('skilled', { name: '孙晓雯', areas: ['collection'], languages: ['zh'], dailyCapacity: 10 });
    await room.member('other', { areas: ['marketing'], languages: ['en'], dailyCapacity: 10 });
    await room.member('busy', { dailyCapacity: 1 });
    await room.member('none', { dailyCapacity: 0 });
    await room.member('outside', { agencyId: 'a1' });
    await room.member('boss');
    await room.member('accused', { manager: 'boss' });
    await room.member('gone', { active: false });
    await room.member('ill');
    await room.deskAdmin.addAbsence(supervisor, 'ill', { from: '2026-11-20', to: '2026-11-25' }, null);
    await byHand(await register(), 'busy');
    const id = await register({ against: { staffId: 'accused' } });
    const { automatic, candidates, out } = await room.rules.suggestion(supervisor, id);
    expect(automatic).toBe(false);
    expect(candidates.map(({ subject, score }) => [subject, score])).toEqual([
      ['skilled', 75],
      ['other', 35],
    ]);
    expect(candidates[0]).toMatchObject({ name: '孙晓雯', open: 0, load: 0, capacity: 10 });
    expect(candidates[0]?.parts).toContainEqual({ part: 'area', points: 30, of: 30 });
    expect(new Map(out.map(({ subject, reason }) => [subject, reason]))).toEqual(
      new Map([
        ['accused', 'complained-of'],
        ['boss', 'superior'],
        ['busy', 'full'],
        ['ill', 'away'],
        ['none', 'takes-none'],
        ['outside', 'of-agency'],
      ]),
    );
    expect(out.find(({ subject }) => subject === 'ill')?.until).toBe('2026-11-25');
    expect(out.find(({ subject }) => subject === 'boss')?.source).toBe('CMP20 17');
  });

  it('weighs open complaints by when they are due', async () => {
    await room.member('m', { dailyCapacity: 10 });
    const near = await register({ receivedAt: '2026-11-06T09:00:00+08:00' });
    await byHand(near, 'm');
    await byHand(await register(), 'm');
    const { candidates } = await room.rules.suggestion(supervisor, await register());
    // Due today weighs 3, the other 1.
    expect(candidates[0]).toMatchObject({ open: 2, load: 4 });
  });
});

describe('assigning', () => {
  it('automatically gives it to the first, and keeps what spoke for him', async () => {
    await room.member('m1', { areas: ['collection'] });
    await room.member('m2');
    const id = await register();
    expect((await auto(id)).handler).toBe('m1');
    const { items } = await stage.complaints.timeline(supervisor, id, {}, { requestId: 'r', language: 'en' });
    expect(items.at(-1)).toMatchObject({ kind: 'assigned', data: { handler: 'm1', before: null, how: 'automatic', candidates: 2 } });
    // Asked again nothing changes.
    expect((await auto(id)).handler).toBe('m1');
  });

  it('loads stay right when many are assigned at once', async () => {
    for (const subject of ['m1', 'm2', 'm3']) await room.member(subject, { dailyCapacity: 2 });
    const ids = await Promise.all([1, 2, 3, 4, 5, 6].map(() => register()));
    await Promise.all(ids.map(auto));
    const rows = await stage.sql<{ handler: string; count: number }>(
      'select handler, count(*)::int as count from complaint where handler is not null group by handler order by handler',
    );
    expect(rows).toEqual(['m1', 'm2', 'm3'].map((who) => ({ handler: who, count: 2 })));
    const refused = await refusalOf(auto(await register()));
    expect(refused.kind.code).toBe('no-candidate');
    expect(refused.message).toContain('m1 full');
  });

  it('is for supervisors; what it says is one of the two', async () => {
    await room.member('m1');
    const id = await register();
    expect((await refusalOf(stage.assignments.assign(handler, id, { auto: true }, 'r'))).kind.code).toBe('forbidden');
    expect((await refusalOf(stage.assignments.assign(supervisor, id, {}, 'r'))).kind.code).toBe('invalid');
    expect((await refusalOf(stage.assignments.assign(supervisor, id, { handler: 'x', auto: true }, 'r'))).kind.code).toBe('invalid');
  });

  it('a reassignment keeps its reason, sealed', async () => {
    const id = await register();
    await byHand(id, 'm1');
    await stage.assignments.assign(supervisor, id, { handler: 'm2', reason: '张三的亲属' }, 'r');
    const { items } = await stage.complaints.timeline(supervisor, id, {}, { requestId: 'r', language: 'en' });
    expect(items.at(-1)?.data).toMatchObject({ before: 'm1', handler: 'm2', how: 'chosen', note: '张三的亲属' });
    const [row] = await stage.sql<{ text: string }>(
      `select string_agg(row_to_json(t)::text, '') as text from timeline t where complaint = $1`,
      [id],
    );
    expect(row?.text).not.toContain('亲属');
  });

  it('a handler takes over from who is away, and from nobody else', async () => {
    await room.member('ill');
    const id = await register();
    await byHand(id, 'ill');
    const take = () => stage.assignments.assign(handler, id, { handler: handler.subject }, 'r');
    expect((await refusalOf(take())).kind.code).toBe('handled-by-other');
    await room.deskAdmin.addAbsence(supervisor, 'ill', { from: '2026-11-21', to: '2026-11-21' }, null);
    expect((await take()).handler).toBe(handler.subject);
  });
});

describe('new complaints', () => {
  it('are assigned at once where the institution has it so, once', async () => {
    await room.member('m1');
    const [one, two] = [await register(), await register()];
    expect(await stage.assignments.assignNew('bank-1', [one, two])).toBe(0);
    await room.rules.setRule(supervisor, { automatic: true, weights: { ...DEFAULT_WEIGHTS, load: 100 } });
    const counts = await Promise.all([1, 2, 3].map(() => stage.assignments.assignNew('bank-1', [one, two])));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(await room.rules.rule(handler)).toMatchObject({ automatic: true, weights: { load: 100 }, setBy: 'complaint-supervisor-1' });
    expect((await room.rules.rule(principal('admin', { institutionId: 'bank-2' }))).automatic).toBe(false);
    const none = { area: 0, cause: 0, channel: 0, language: 0, load: 0 };
    expect((await refusalOf(room.rules.setRule(supervisor, { automatic: true, weights: none }))).kind.code).toBe('invalid');
    const [told] = await stage.sql<{ count: number }>(`select count(*)::int as count from outbox where topic = 'complaint.registered'`);
    expect(told?.count).toBeGreaterThan(0);
  });
});

describe('a handover', () => {
  it('gives what an absent person has to others, once for a key; who is there keeps it', async () => {
    for (const subject of ['ill', 'm1', 'm2']) await room.member(subject);
    const ids = await Promise.all([1, 2, 3, 4].map(() => register()));
    for (const id of ids) await byHand(id, 'ill');
    const over = () => room.rules.handOver(supervisor, 'ill', { reason: '病假' }, key('over'));
    expect((await refusalOf(over())).kind.code).toBe('not-away');
    await room.deskAdmin.addAbsence(supervisor, 'ill', { from: '2026-11-21', to: '2026-11-30' }, null);
    expect(await Promise.all([over(), over()])).toEqual([
      { moved: 4, left: 0 },
      { moved: 4, left: 0 },
    ]);
    const rows = await stage.sql<{ handler: string; count: number }>(
      'select handler, count(*)::int as count from complaint where id = any($1) group by handler order by handler',
      [ids],
    );
    expect(rows).toEqual([
      { handler: 'm1', count: 2 },
      { handler: 'm2', count: 2 },
    ]);
    expect((await refusalOf(room.rules.handOver(supervisor, 'nobody', { reason: 'x' }, null))).kind.code).toBe('not-found');
  });
});
