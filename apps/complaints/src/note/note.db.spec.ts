import { inTransaction } from '#pg';
import { Handling, key, refusalOf } from '../../testing/handling.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import type { NoteRequest } from './note.dto.ts';

let stage: Stage;
let room: Handling;

beforeAll(async () => {
  stage = await Stage.open();
  room = new Handling(stage);
  await room.member(handler.subject, { name: '孙晓雯' });
  await room.member('mate', { name: '李同事' });
  await room.member('outside', { agencyId: 'a1' });
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-11-23T10:00:00+08:00'));

const register = async (more: object = {}) => (await stage.register(more)).id;
const write = (id: string, more: Partial<NoteRequest> = {}, by = handler, idempotency: ReturnType<typeof key> | null = null) =>
  room.notes.add(by, id, { kind: 'internal', text: '张三态度激动', ...more }, idempotency, 'r');
const code = async (work: Promise<unknown>) => (await refusalOf(work)).kind.code;
const mentions = (to: string) =>
  stage.sql(`select from notification where recipient = $1 and kind = 'note-mention'`, [to]).then((rows) => rows.length);

describe('notes', () => {
  it('of the desk are apart from what the complainant reads; both sealed, masked by role', async () => {
    const id = await register();
    const internal = await write(id);
    await write(id, { kind: 'complainant', text: '我们正在核实' });
    expect(internal).toMatchObject({ authorName: '孙晓雯', version: 1, text: '张三态度激动' });
    const visible = await inTransaction(stage.source, handler, (tx) => room.notes.visibleToComplainant(tx, id));
    expect(visible).toEqual([{ at: new Date('2026-11-23T02:00:00Z'), text: '我们正在核实' }]);
    const { items } = await room.notes.list(principal('compliance'), id, {}, 'r');
    expect(items.map(({ text, authorName }) => [text, authorName])).toEqual([
      ['我们正在核实', ''],
      ['张*态度激动', ''],
    ]);
    const [row] = await stage.sql<{ text: string }>(
      `select (select string_agg(row_to_json(n)::text, '') from complaint_note n) || (select string_agg(row_to_json(t)::text, '') from timeline t) as text`,
    );
    expect(row?.text).not.toMatch(/激动|核实/);
    expect(await code(room.notes.list(principal('complaint-handler', { institutionId: 'bank-2' }), id, {}, 'r'))).toBe('not-found');
  });

  it('once for a key, also at once', async () => {
    const id = await register();
    const all = await Promise.all([1, 2, 3].map(() => write(id, { mentions: ['mate'] }, handler, key(`note-${id}`))));
    expect(new Set(all.map((note) => note.id)).size).toBe(1);
    expect(await mentions('mate')).toBe(1);
  });

  it('edits keep what was said, tell who is newly mentioned, and lose nothing when they come at once', async () => {
    const { id } = await write(await register(), { mentions: ['mate'] });
    const told = await mentions('mate');
    const edit = (text: string) => room.notes.edit(handler, id, { text, mentions: ['mate', handler.subject] }, null, 'r');
    await Promise.all([edit('第二版'), edit('第三版')]);
    const { items } = await room.notes.versions(supervisor, id, 'r');
    expect(items.map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(new Set(items.map(({ text }) => text))).toEqual(new Set(['张三态度激动', '第二版', '第三版']));
    expect(await mentions('mate')).toBe(told);
    expect(await mentions(handler.subject)).toBe(1);
    expect(await code(room.notes.edit(supervisor, id, { text: 'x' }, null, 'r'))).toBe('not-author');
  });

  it('what the complainant may have read is not changed', async () => {
    const { id } = await write(await register(), { kind: 'complainant', text: '已受理' });
    expect(await code(room.notes.edit(handler, id, { text: 'x' }, null, 'r'))).toBe('note-sent');
  });

  it('mention people of the desk alone, none who may not act on it, and none to the complainant', async () => {
    const id = await register({ against: { staffId: 'mate' } });
    expect(await code(write(id, { mentions: ['nobody'] }))).toBe('invalid');
    expect(await code(write(id, { mentions: ['outside'] }))).toBe('invalid');
    expect(await code(write(id, { mentions: ['mate'] }))).toBe('recused');
    expect(await code(write(id, { kind: 'complainant', mentions: [handler.subject] }))).toBe('invalid');
  });

  it('of somebody are not for him to read', async () => {
    const id = await register({ against: { staffId: 'mate' } });
    await write(id);
    const mate = principal('complaint-handler', { subject: 'mate' });
    expect(await code(room.notes.list(mate, id, {}, 'r'))).toBe('recused');
    expect(await code(write(id, {}, mate))).toBe('recused');
  });
});
