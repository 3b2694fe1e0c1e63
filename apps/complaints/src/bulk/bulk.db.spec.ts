import type { Principal } from '#auth';
import { FORBIDDEN, IDEMPOTENCY_KEY_REUSED, INVALID, NOT_FOUND } from '#problem';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import { SortingStage } from '../../testing/sorting.ts';
import { Supervision } from '../../testing/supervision.ts';
import { ALREADY_SETTLED, OWN_REQUEST } from '../approval/approval.refusals.ts';
import type { BulkRequest, BulkView } from './bulk.dto.ts';
import { BULK_OVER, LIST_CHANGED, SELECTION_EMPTY } from './bulk.refusals.ts';

let stage: Stage;
let desk: Supervision;
const other = principal('complaint-supervisor', { subject: 'supervisor-2' });
const third = principal('complaint-supervisor', { subject: 'supervisor-3' });
const admin = principal('admin');

beforeAll(async () => {
  stage = await Stage.open();
  desk = new Supervision(stage);
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-11-21T15:00:00+08:00'));

const made = async (count: number, more: Parameters<Stage['register']>[0] = {}): Promise<string[]> => {
  const views = [];
  for (let n = 0; n < count; n += 1) views.push(await stage.register(more));
  return views.map(({ id }) => id);
};
const key = (name: string, hash = 'a') => ({ key: name, hash: Buffer.alloc(32, hash) });
const propose = (more: Partial<BulkRequest>, who: Principal = supervisor, idempotency: ReturnType<typeof key> | null = null) =>
  desk.bulks.propose(who, { action: 'reassign', handler: 'li', note: '张三休假', ...more } as BulkRequest, idempotency, 'r');
const approve = ({ id, hash }: BulkView, who: Principal = other): Promise<BulkView> => desk.bulks.approve(who, id, hash, 'r');
const run = (id: string): Promise<void> => desk.bulkRunner.run('bank-1', id);
const view = (id: string, who: Principal = other): Promise<BulkView> => desk.bulks.find(who, id, 'r');
const handlersOf = async (ids: readonly string[]): Promise<(string | null)[]> =>
  (await stage.sql<{ handler: string | null }>('select handler from complaint where id = any($1) order by id', [ids])).map(
    (row) => row.handler,
  );
const outcomes = async (id: string): Promise<unknown[]> =>
  (await desk.bulks.items(other, id, {})).items.map(({ state, code }) => (code === null ? state : `${state} ${code}`));

describe('what is proposed', () => {
  it('has a list that stays as it was, whatever comes later', async () => {
    const ids = await made(2, { category: 'frozen' });
    const bulk = await propose({ ids: null, filter: { category: 'frozen' } });
    expect(bulk).toMatchObject({ state: 'proposed', count: 2, note: '张三休假', awaitsMe: false, filter: { category: 'frozen' } });
    await made(1, { category: 'frozen' });
    await approve(bulk);
    await run(bulk.id);
    expect(await handlersOf(ids)).toEqual(['li', 'li']);
    expect(await view(bulk.id)).toMatchObject({ state: 'done', counts: [{ state: 'done', code: null, count: 2 }] });
    expect(await stage.sql(`select from complaint where category = 'frozen' and handler is null`)).toHaveLength(1);
  });

  it('is one for a key, also at once', async () => {
    const ids = await made(1);
    const all = await Promise.all([1, 2, 3].map(() => propose({ ids }, supervisor, key('B1'))));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    await expect(propose({ ids }, supervisor, key('B1', 'b'))).rejects.toMatchObject({ kind: IDEMPOTENCY_KEY_REUSED });
  });

  it('is refused when it makes no sense', async () => {
    const ids = await made(1);
    const strange = await stage.register({}, principal('complaint-handler', { institutionId: 'bank-2' }));
    await expect(propose({ ids: [strange.id] })).rejects.toMatchObject({ kind: INVALID });
    await expect(propose({ ids: ['x'] })).rejects.toMatchObject({ kind: INVALID });
    await expect(propose({ ids, filter: {} })).rejects.toMatchObject({ kind: INVALID });
    await expect(propose({})).rejects.toMatchObject({ kind: INVALID });
    await expect(propose({ ids, handler: null })).rejects.toMatchObject({ kind: INVALID });
    await expect(propose({ ids, tag: 'x' })).rejects.toMatchObject({ kind: INVALID });
    await expect(propose({ ids, action: 'add-tag', handler: null, tag: '13800000001' })).rejects.toMatchObject({ kind: INVALID });
    await expect(propose({ filter: { category: 'nothing' } })).rejects.toMatchObject({ kind: SELECTION_EMPTY });
    await expect(propose({ ids }, handler)).rejects.toMatchObject({ kind: FORBIDDEN });
  });
});

describe('four eyes', () => {
  it('the proposer never approves, of two others one does, and the list is the one that was seen', async () => {
    const bulk = await propose({ ids: await made(1) });
    await expect(approve(bulk, supervisor)).rejects.toMatchObject({ kind: OWN_REQUEST });
    await expect(approve({ ...bulk, hash: 'f'.repeat(64) })).rejects.toMatchObject({ kind: LIST_CHANGED });
    const results = await Promise.allSettled([
      approve(bulk, supervisor),
      approve(bulk),
      approve(bulk, third),
      desk.bulks.refuse(third, bulk.id, 'x', 'r'),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(approve(bulk)).rejects.toMatchObject({ kind: ALREADY_SETTLED });
    expect(await stage.sql(`select from outbox where topic = 'bulk.approved' and payload ->> 'bulkId' = $1`, [bulk.id])).toHaveLength(
      (await view(bulk.id)).state === 'refused' ? 0 : 1,
    );
  });

  it('nothing is done that nobody approved', async () => {
    const ids = await made(1);
    const bulk = await propose({ ids });
    await run(bulk.id);
    const refused = await desk.bulks.refuse(other, bulk.id, '名单有误', 'r');
    expect(refused).toMatchObject({ state: 'refused', refusal: '名单有误' });
    await run(bulk.id);
    expect(await handlersOf(ids)).toEqual([null]);
    expect(await view(bulk.id, principal('compliance'))).toMatchObject({ note: null, refusal: null });
  });

  it('a list that was tampered with is not touched', async () => {
    const [a, b] = await made(2);
    const bulk = await propose({ ids: [a ?? ''] });
    await approve(bulk);
    await stage.sql('update bulk_item set complaint = $2 where bulk = $1', [bulk.id, b]);
    await run(bulk.id);
    expect(await view(bulk.id)).toMatchObject({ state: 'failed', failure: 'list-changed' });
    expect(await handlersOf([a ?? '', b ?? ''])).toEqual([null, null]);
  });

  it('is of the institution alone', async () => {
    const bulk = await propose({ ids: await made(1) });
    const stranger = principal('complaint-supervisor', { institutionId: 'bank-2', subject: 's' });
    await expect(approve(bulk, stranger)).rejects.toMatchObject({ kind: NOT_FOUND });
    await expect(view(bulk.id, stranger)).rejects.toMatchObject({ kind: NOT_FOUND });
  });
});

describe('the work', () => {
  it('says of each what became of it: done, unchanged, or refused by the rules of the single act', async () => {
    const [free = '', has = '', hers = '', about = '', own = ''] = await made(5);
    await stage.assignments.assign(supervisor, has, { handler: 'wang' }, 'r');
    await stage.assignments.assign(supervisor, hers, { handler: 'li' }, 'r');
    await stage.sql('update complaint set against_staff_id = $2 where id = $1', [about, 'li']);
    // Who approved it is the one complained of.
    await stage.sql('update complaint set against_staff_id = $2 where id = $1', [own, other.subject]);
    const bulk = await propose({ action: 'assign', ids: [free, has, hers, about, own] });
    await approve(bulk);
    await run(bulk.id);
    expect(await outcomes(bulk.id)).toEqual(['done', 'refused handled-by-other', 'unchanged', 'refused recused', 'refused recused']);
    const { items } = await stage.complaints.timeline(handler, free, {}, { requestId: 'r', language: 'en' });
    expect(items.at(-1)).toMatchObject({ kind: 'assigned', actor: supervisor.subject });
  });

  it('declares complex what the clock lets, and names the article where it does not', async () => {
    const [a = '', b = ''] = await made(2);
    await stage.decide(b);
    await stage.tell(b);
    const bulk = await propose({ action: 'declare-complex', handler: null, ids: [a, b] }, handler);
    await approve(bulk);
    await run(bulk.id);
    const { items } = await desk.bulks.items(other, bulk.id, {});
    expect(items).toMatchObject([{ state: 'done' }, { state: 'refused', code: expect.any(String), source: expect.any(String) }]);
    expect((await desk.bulks.items(other, bulk.id, { state: 'refused', limit: 1 })).items).toHaveLength(1);
    expect(await stage.complaints.find(handler, a, 'r')).toMatchObject({ clock: { termId: 'decide-complex' } });
  });

  it('takes the suggested classification where there is a whole one and nobody has confirmed any; that says nothing of the rules', async () => {
    const texts = { subject: '催收威胁', narrative: '信用卡逾期后催收员辱骂并威胁本人', channel: 'phone' };
    const [a = '', b = '', plain = ''] = [...(await made(2, texts)), ...(await made(1, { subject: 'x', narrative: 'x' }))];
    const sorting = new SortingStage(stage);
    await sorting.classificationJobs.run();
    const mine = { channel: 'phone', business: 'credit-card', cause: 'fees', area: 'marketing' };
    await sorting.classifications.confirm(handler, b, { ...mine, reason: null }, null, 'r');
    const bulk = await propose({ action: 'take-suggested', handler: null, ids: [a, b, plain] });
    await approve(bulk);
    await run(bulk.id);
    expect(await outcomes(bulk.id)).toEqual(['done', 'unchanged', 'unchanged']);
    const seen = async (id: string) => (await sorting.classifications.find(handler, id, 'r')).confirmed;
    expect(await seen(a)).toMatchObject({ cause: 'collection-threat', area: 'collection' });
    expect([(await seen(b))?.cause, await seen(plain)]).toEqual(['fees', null]);
    const counted = await stage.sql('select distinct complaint as id from suggestion_outcome where complaint = any($1)', [[a, b]]);
    expect(counted).toEqual([{ id: b }]);
  });

  it('is done once by two workers at once, and goes on where one died', async () => {
    const ids = await made(6);
    const bulk = await propose({ action: 'add-tag', handler: null, tag: '媒体 关注', ids });
    await approve(bulk);
    // As if a worker had died behind the second.
    await stage.sql(`update bulk_item set state = 'done' where bulk = $1 and seq <= 2`, [bulk.id]);
    await Promise.all([run(bulk.id), run(bulk.id)]);
    await run(bulk.id);
    expect(await view(bulk.id)).toMatchObject({ state: 'done', counts: [{ state: 'done', count: 6 }] });
    const entries = await stage.sql(`select from timeline where kind = 'tag-added' and complaint = any($1)`, [ids]);
    expect(entries).toHaveLength(4);
    expect((await desk.tags.list(handler, ids[5] ?? '')).items).toMatchObject([{ tag: '媒体 关注', addedBy: supervisor.subject }]);
    expect((await desk.tags.uses(admin)).items).toEqual([{ tag: '媒体 关注', count: 4 }]);
    expect((await stage.listing.list(handler, { tag: '媒体 关注' }, 'r')).items).toHaveLength(4);
  });

  it('is stopped where it is: what is done stays done', async () => {
    const bulk = await propose({ ids: await made(2) });
    await expect(desk.bulks.cancel(handler, bulk.id, 'r')).rejects.toMatchObject({ kind: FORBIDDEN });
    await approve(bulk);
    expect(await desk.bulks.cancel(third, bulk.id, 'r')).toMatchObject({ state: 'cancelled' });
    await run(bulk.id);
    expect(await outcomes(bulk.id)).toEqual(['waiting', 'waiting']);
    await expect(desk.bulks.cancel(third, bulk.id, 'r')).rejects.toMatchObject({ kind: BULK_OVER });
    const proposed = await propose({ ids: await made(1) });
    expect(await desk.bulks.cancel(supervisor, proposed.id, 'r')).toMatchObject({ state: 'withdrawn' });
    await expect(approve(proposed)).rejects.toMatchObject({ kind: ALREADY_SETTLED });
    expect((await desk.bulks.list(other, { limit: 1 }, 'r')).items.map(({ id }) => id)).toEqual([proposed.id]);
  });
});
