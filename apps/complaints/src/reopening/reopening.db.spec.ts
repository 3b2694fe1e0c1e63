import { AfterRoom, call, codeOf, key, regulator, superior } from '../../testing/after.ts';
import { handler, principal, Stage } from '../../testing/stage.ts';
import { toCommand } from '../clock/event-command.ts';

let stage: Stage;
let room: AfterRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new AfterRoom(stage);
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-11-21T10:00:00+08:00'));

const newFacts = { basis: 'new-facts' as const, reasons: '找到了新的通话录音', receivedAt: '2026-11-20T09:00:00+08:00' };
const ledger = (id: string) =>
  stage.sql(
    `select c.state, c.due_on, c.closed_at, c.ledger_version, (select count(*)::int from clock_event e where e.complaint = c.id) as events from complaint c where c.id = $1`,
    [id],
  );

describe('a closed complaint', () => {
  it('is followed by one with a clock of its own, and is not written again', async () => {
    const id = await room.closed({ account: 'C7', category: 'collection' });
    const before = await ledger(id);
    const { successorId, successorNumber, chain } = await room.reopenings.reopen(handler, id, newFacts, call());
    expect(await ledger(id)).toEqual(before);
    expect(chain).toMatchObject({
      mayReopen: false,
      items: [
        { id, isThis: true, basis: null },
        { id: successorId, basis: 'new-facts', reasons: '找到了新的通话录音' },
      ],
    });
    const next = await stage.complaints.find(handler, successorId, 'r');
    expect(next).toMatchObject({
      number: successorNumber,
      receivedAt: '2026-11-20T09:00:00+08:00',
      complainant: { name: '张三', contact: '+8613800000001' },
      account: 'C7',
      clock: { state: 'running', termId: 'decide', dueOn: '2026-12-05' },
      hold: { state: 'requested' },
    });
    expect(next.narrative).toMatch(/^找到了新的通话录音\n\n—— TS.* ——\n催收人员/);
    expect(await room.kinds(id)).toEqual(expect.arrayContaining(['reopened']));
    expect(await room.kinds(successorId)).toEqual(expect.arrayContaining(['registered', 'reopening-of']));
  });

  it('has a chain that reads the same from each of its complaints', async () => {
    const first = await room.closed();
    const { successorId: second } = await room.reopenings.reopen(handler, first, newFacts, call());
    await stage.record(second, toCommand.withdrawal({ evidence: '书面' }));
    const { successorId: third } = await room.reopenings.reopen(superior, second, { basis: 'supervisor', reasons: '须再查' }, call());
    for (const id of [first, second, third]) {
      const { items } = await room.reopenings.chain(handler, id, 'r');
      expect(items.map((link) => link.id)).toEqual([first, second, third]);
      expect(items.filter(({ isThis }) => isThis).map((link) => link.id)).toEqual([id]);
    }
    expect((await room.reopenings.chain(regulator, third, 'r')).items.map(({ basis }) => basis)).toEqual([null, 'new-facts', 'supervisor']);
  });

  it('is followed once: of many at once one opens it, and the same key is the same answer', async () => {
    const id = await room.closed();
    const codes = await Promise.all(Array.from({ length: 6 }, () => codeOf(room.reopenings.reopen(handler, id, newFacts, call()))));
    expect(codes.toSorted()).toEqual(['done', ...Array.from({ length: 5 }, () => 'reopened-already')]);
    const other = await room.closed();
    const made = await Promise.all(Array.from({ length: 4 }, () => room.reopenings.reopen(handler, other, newFacts, call(key('O')))));
    expect(new Set(made.map(({ successorId }) => successorId)).size).toBe(1);
  });

  it('is reopened without new facts by a supervisor alone, and on facts that came after it was closed', async () => {
    const id = await room.closed();
    expect(await codeOf(room.reopenings.reopen(handler, id, { basis: 'supervisor', reasons: 'x' }, call()))).toBe('forbidden');
    expect(await codeOf(room.reopenings.reopen(handler, id, { ...newFacts, receivedAt: '2026-10-05T09:00:00+08:00' }, call()))).toBe(
      'invalid',
    );
    expect(await codeOf(room.reopenings.reopen(handler, id, { ...newFacts, receivedAt: '2026-12-05T09:00:00+08:00' }, call()))).toBe(
      'invalid',
    );
  });
});

describe('what is open', () => {
  it('is not reopened: new facts begin its own term anew, and what is decided is told first', async () => {
    const { id } = await stage.register({ receivedAt: '2026-11-15T09:00:00+08:00' });
    const refused = await room.reopenings.reopen(handler, id, newFacts, call()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: { code: 'not-closed' }, extras: { errors: [{ source: 'CMP20 18' }] } });
    await stage.decide(id);
    expect(await codeOf(room.reopenings.reopen(superior, id, { basis: 'supervisor', reasons: 'x' }, call()))).toBe('not-closed');
    expect((await room.reopenings.chain(handler, id, 'r')).mayReopen).toBe(false);
  });

  it('of another institution is not there', async () => {
    const id = await room.closed();
    const stranger = principal('complaint-supervisor', { institutionId: 'bank-2' });
    expect(await codeOf(room.reopenings.reopen(stranger, id, newFacts, call()))).toBe('not-found');
    expect(await codeOf(room.reopenings.chain(stranger, id, 'r'))).toBe('not-found');
  });
});
