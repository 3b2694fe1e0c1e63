import { FORBIDDEN, NOT_FOUND } from '#problem';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import { Handling } from '../../testing/handling.ts';
import { Supervision } from '../../testing/supervision.ts';
import { FILTER_NAME_TAKEN, TOO_MANY_FILTERS } from './saved-filter.refusals.ts';

let stage: Stage;
let desk: Supervision;
const li = principal('complaint-handler', { subject: 'li' });

beforeAll(async () => {
  stage = await Stage.open();
  desk = new Supervision(stage);
});
afterAll(() => stage.close());
beforeEach(() => stage.sql('delete from saved_filter'));

const key = (name: string) => ({ key: name, hash: Buffer.alloc(32, 1) });
const names = async (who = handler): Promise<string[]> => (await desk.filters.list(who)).items.map(({ name }) => name);

describe('a filter', () => {
  it('is kept sealed, for its owner and for a role', async () => {
    const shared = await desk.filters.create(
      supervisor,
      { name: '张三的', filter: { dueBucket: 'overdue' }, sharedRole: 'complaint-handler' },
      null,
    );
    await desk.filters.create(handler, { name: '我的', filter: { handler: 'me', category: '' } }, null);
    expect(await names()).toEqual(['我的', '张三的']);
    expect(await names(supervisor)).toEqual(['张三的']);
    expect(await names(principal('complaint-handler', { institutionId: 'bank-2' }))).toEqual([]);
    expect((await desk.filters.list(handler)).items).toMatchObject([
      { filter: { handler: 'me' }, mine: true },
      { owner: supervisor.subject, mine: false },
    ]);
    expect(JSON.stringify(await stage.sql('select row_to_json(f)::text from saved_filter f'))).not.toContain('张三');
    await expect(desk.filters.change(handler, shared.id, { name: 'x', filter: {} })).rejects.toMatchObject({ kind: FORBIDDEN });
    await expect(desk.filters.remove(handler, shared.id)).rejects.toMatchObject({ kind: FORBIDDEN });
    await expect(desk.filters.remove(principal('compliance'), shared.id)).rejects.toMatchObject({ kind: NOT_FOUND });
  });

  it('is shared by a handler with his own role alone', async () => {
    await expect(desk.filters.create(handler, { name: 'a', filter: {}, sharedRole: 'compliance' }, null)).rejects.toMatchObject({
      kind: FORBIDDEN,
    });
    await desk.filters.create(handler, { name: 'a', filter: {}, sharedRole: 'complaint-handler' }, null);
    expect(await names(li)).toEqual(['a']);
  });

  it('is one for a key and one for a name, also at once', async () => {
    const create = (name: string, idempotency: ReturnType<typeof key> | null) =>
      desk.filters.create(handler, { name, filter: {} }, idempotency);
    const all = await Promise.all([1, 2, 3].map(() => create('一', key('F1'))));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    const results = await Promise.allSettled([1, 2, 3].map(() => create('二', null)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ kind: FILTER_NAME_TAKEN });
    await expect(desk.filters.change(handler, all[0]?.id ?? '', { name: '二', filter: {} })).rejects.toMatchObject({
      kind: FILTER_NAME_TAKEN,
    });
    expect(await desk.filters.change(handler, all[0]?.id ?? '', { name: '三', filter: { state: 'running' } })).toMatchObject({
      name: '三',
    });
    await stage.sql(
      `insert into saved_filter (institution_id, owner, name_sealed, name_index, filter, created_at, changed_at)
       select institution_id, owner, name_sealed, decode(md5(n::text), 'hex'), filter, now(), now() from (select * from saved_filter where owner = $1 limit 1) f, generate_series(1, 60) n`,
      [handler.subject],
    );
    await expect(create('五', null)).rejects.toMatchObject({ kind: TOO_MANY_FILTERS });
  });

  it('is where the board begins, until it is gone', async () => {
    const { id } = await desk.filters.create(supervisor, { name: 'a', filter: {}, sharedRole: 'complaint-handler' }, null);
    await expect(desk.filters.setDefault(principal('compliance'), { filterId: id })).rejects.toMatchObject({ kind: NOT_FOUND });
    await desk.filters.setDefault(handler, { filterId: id });
    expect((await desk.filters.setDefault(handler, { filterId: id })).items).toMatchObject([{ isDefault: true }]);
    expect((await desk.filters.list(supervisor)).items).toMatchObject([{ isDefault: false }]);
    await desk.filters.remove(supervisor, id);
    expect((await desk.filters.list(handler)).items).toEqual([]);
    expect((await desk.filters.setDefault(handler, { filterId: null })).items).toEqual([]);
  });
});

describe('the list', () => {
  it('by unit is of its people and of those below it', async () => {
    const handling = new Handling(stage);
    await handling.unit('head', { kind: 'head-office' });
    await handling.unit('branch', { parent: 'head' });
    await handling.member('wang', { unit: 'branch' });
    const { id } = await stage.register();
    await stage.register();
    await stage.assignments.assign(supervisor, id, { handler: 'wang' }, 'r');
    for (const unit of ['head', 'branch'])
      expect((await stage.listing.list(handler, { unit }, 'r')).items.map((item) => item.id)).toEqual([id]);
    expect((await stage.listing.counts(handler, { unit: 'branch' })).total).toBe(1);
    expect((await stage.listing.list(handler, { unit: 'nowhere' }, 'r')).items).toEqual([]);
  });
});
