import type { Principal } from '#auth';
import { inTransaction, type Tx } from '#pg';
import { INVALID } from '#problem';
import { toCommand } from '../clock/event-command.ts';
import { handler, principal, Stage } from '../../testing/stage.ts';
import { Supervision } from '../../testing/supervision.ts';
import type { SearchRequest } from './finding.dto.ts';

let stage: Stage;
let desk: Supervision;

beforeAll(async () => {
  stage = await Stage.open();
  desk = new Supervision(stage);
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.clear();
});

const find = (q: string, who: Principal = handler, more: Partial<SearchRequest> = {}) => desk.finding.find(who, { q, ...more }, 'r7');
const ids = async (q: string, who: Principal = handler, more: Partial<SearchRequest> = {}): Promise<string[]> =>
  (await find(q, who, more)).items.map(({ complaint }) => complaint.id);
const inBank = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(stage.source, handler, work);

describe('finding', () => {
  it('by what was registered, decided, and written by other rooms', async () => {
    const { id } = await stage.register({
      subject: '额度降低',
      narrative: '客服说 Your limit was CUT，未说明理由。',
      requests: ['恢复额度'],
    });
    await stage.register({ subject: '年费', narrative: '未刷满次数被收年费' });
    await stage.decide(id);
    await inBank((tx) => stage.search.put(tx, id, 'note:1', '已致电核实，录音可听'));
    for (const q of ['额度降低', '说明理由', '恢复 limit', '"your LIMIT was cut"', '张三 降低', '致电核实 额度', '属实'])
      expect([q, (await ids(q)).includes(id)]).toEqual([q, true]);
    expect(await ids('额度')).toEqual([id]);
    expect(await ids('理由说明')).toEqual([]);
    const [hit] = (await find('录音')).items;
    expect(hit).toMatchObject({ exact: null, snippets: [{ part: 'note', text: '已致电核实，录音可听', marks: [{ from: 6, to: 8 }] }] });
  });

  it('what a room changed or took away is not found any more', async () => {
    const { id } = await stage.register();
    const put = (text: string): Promise<void> => inBank((tx) => stage.search.put(tx, id, 'note:1', text));
    await put('录音可听');
    await put('录像可看');
    expect([await ids('录音'), await ids('录像')]).toEqual([[], [id]]);
    await inBank((tx) => stage.search.remove(tx, id, 'note:1'));
    expect(await ids('录像')).toEqual([]);
  });

  it('by the whole of a number, a phone, an id number, an account', async () => {
    const { id, number } = await stage.register({ account: 'C-77', externalRef: 'R-9' });
    for (const [q, exact] of [
      [number.toLowerCase(), 'number'],
      ['R-9', 'externalRef'],
      ['C-77', 'account'],
      ['13800000001', 'contact'],
      ['230100199001011234', 'idNumber'],
    ] as const)
      expect((await find(q)).items[0]).toMatchObject({ complaint: { id }, exact });
  });

  it('stores no text, and another institution finds nothing', async () => {
    const { id } = await stage.register();
    const strange = principal('complaint-handler', { institutionId: 'bank-2' });
    expect(await ids('催收', strange)).toEqual([]);
    const theirs = await stage.register({}, strange);
    expect(await ids('催收', strange)).toEqual([theirs.id]);
    const rows = await stage.sql<{ text: string; tokens: string[] }>(
      'select row_to_json(s)::text as text, tokens from complaint_search s',
      [],
      '*',
    );
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/催收|深夜/);
    // The same words, and not one hash in common.
    expect(rows[0]?.tokens.filter((token) => rows[1]?.tokens.includes(token))).toEqual([]);
    expect(await ids('催收')).toEqual([id]);
  });

  it('who sees no personal data finds by none, and sees masks', async () => {
    await stage.register();
    const compliance = principal('compliance');
    for (const q of ['13800000001', '230100199001011234', '张三']) expect([q, await ids(q, compliance)]).toEqual([q, []]);
    const { items } = await find('本人 打电话', compliance);
    expect(items[0]?.snippets[0]?.text).toContain('138******01');
    expect(JSON.stringify(items)).not.toMatch(/张三|13800000001/);
  });

  it('is noted as personal data that were read', async () => {
    const { id } = await stage.register();
    await find('催收');
    const reads = await stage.sql(`select resource_ids as ids from personal_data_read where request_id = 'r7' and $1 = any(resource_ids)`, [
      id,
    ]);
    expect(reads).toEqual([{ ids: [id] }]);
  });

  it('comes in pages without a gap, the latest first, and by state', async () => {
    const made: string[] = [];
    for (let n = 0; n < 5; n += 1) made.push((await stage.register()).id);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await find('催收', handler, { limit: 2, cursor: cursor ?? undefined });
      seen.push(...page.items.map(({ complaint }) => complaint.id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(made.toReversed());
    await stage.record(made[0] ?? '', toCommand.withdrawal({ evidence: '书面撤回' }));
    expect(await ids('催收', handler, { state: 'closed' })).toEqual([made[0]]);
    expect(await ids('催收', handler, { state: 'open' })).toHaveLength(4);
  });

  it('needs a word or two characters', async () => {
    for (const q of ['催', '，。', '  ']) await expect(find(q)).rejects.toMatchObject({ kind: INVALID });
    await expect(find('催收', handler, { cursor: 'x' })).rejects.toMatchObject({ kind: INVALID });
  });
});

describe('indexing anew', () => {
  const admin = principal('admin');

  it('finds what was there before, goes on where it was left, and loses nothing that comes meanwhile', async () => {
    const made = await Promise.all([1, 2, 3].map(() => stage.register()));
    const last =
      made
        .map(({ id }) => id)
        .toSorted()
        .at(-1) ?? '';
    await inBank((tx) => stage.search.put(tx, last, 'note:1', '录音可听'));
    await stage.sql('delete from complaint_search');
    expect(await ids('催收')).toEqual([]);
    const key = { key: 'K', hash: Buffer.alloc(32, 1) };
    const [one, two] = await Promise.all([desk.rebuilds.request(admin, key), desk.rebuilds.request(admin, null)]);
    expect(one.id).toBe(two.id);
    expect((await desk.rebuilds.request(admin, key)).id).toBe(one.id);
    // As if a worker had died behind the first.
    await stage.sql('update search_rebuild set after_id = $1, indexed = 1', [made.map(({ id }) => id).toSorted()[0]]);
    await Promise.all([
      desk.rebuilds.run('bank-1', one.id),
      desk.rebuilds.run('bank-1', one.id),
      inBank((tx) => stage.search.put(tx, last, 'note:2', '录像可看')),
    ]);
    expect(await desk.rebuilds.find(admin, one.id)).toMatchObject({ state: 'done' });
    expect((await ids('催收')).toSorted()).toEqual(
      made
        .map(({ id }) => id)
        .toSorted()
        .slice(1),
    );
    expect([await ids('录音'), await ids('录像')]).toEqual([[last], [last]]);
    expect((await desk.rebuilds.request(admin, null)).id).not.toBe(one.id);
  });
});
