import { inTransaction } from '#pg';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { RepaymentRoom } from '../../testing/repayment-room.ts';

let stage: Stage;
let room: RepaymentRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new RepaymentRoom(stage);
  await stage.addAgencies(['agency-a', 'agency-b']);
});
afterAll(() => stage.close());

const agent = principal('agent');
const key = (name: string) => ({ key: name, hash: Buffer.from(name) });
let count = 0;
async function newCase(more: object = {}): Promise<string> {
  count += 1;
  await stage.addCases([
    { caseId: `P${count}`, debtorId: `PD${count}`, debtId: `PL${count}`, contactPoint: `+8613800001${count}`, ...more },
  ]);
  return `P${count}`;
}
const promised = { amount: '1000', dueOn: '2026-11-25' };
const note = (caseId: string, more: object = {}, by = agent, idempotency: ReturnType<typeof key> | null = null) =>
  room.promises.note(by, caseId, { ...promised, ...more }, idempotency, 'request-1');
const pointersOf = (refused: Promise<unknown>) =>
  refused.then(
    () => [],
    (error: { extras: { errors: { pointer: string }[] } }) => error.extras.errors.map(({ pointer }) => pointer),
  );

describe('a promise', () => {
  it('is noted with its last day and its grace, sealed note and all, and stands in the history of the case', async () => {
    const caseId = await newCase();
    const made = await note(caseId, { note: '发工资后还' });
    expect(made).toMatchObject({
      caseId,
      amount: { amount: '1000.00', currency: 'CNY' },
      paid: { amount: '0.00' },
      state: 'open',
      madeAt: '2026-11-21T15:00:00+08:00',
      // The day after the day of grace begins.
      breaksAt: '2026-11-27T00:00:00+08:00',
      note: '发工资后还',
    });
    const [kept] = await stage.sql<{ sealed: Buffer }>('select note_sealed as sealed from promise where id = $1', [made.id]);
    expect(kept?.sealed.toString()).not.toContain('工资');
    const acts = await stage.sql(`select action, subject, detail from register_act where resource = $1`, [made.id]);
    expect(acts).toEqual([
      { action: 'promise-made', subject: 'agent-1', detail: { amount: '1000', currency: 'CNY', dueOn: '2026-11-25' } },
    ]);
    const reads = await stage.sql(`select subject, fields from personal_data_read where resource = 'promise' and resource_ids = $1`, [
      [made.id],
    ]);
    expect(reads).toEqual([{ subject: 'agent-1', fields: ['note'] }]);
    const masked = await room.promises.list(principal('compliance'), caseId, {}, 'request-2');
    expect(masked.items).toMatchObject([{ id: made.id, note: null }]);
  });

  it.each([
    [{ amount: '0' }, '/amount'],
    [{ amount: '-5' }, '/amount'],
    [{ amount: '10.001' }, '/amount'],
    [{ amount: '5000.01' }, '/amount'],
    [{ dueOn: '2026-11-20' }, '/dueOn'],
    [{ dueOn: '2027-01-21' }, '/dueOn'],
  ])('of %j is refused at %s', async (more, pointer) => {
    expect(await pointersOf(note(await newCase(), more))).toEqual([pointer]);
  });

  it('may be for today, for all that is owed, and for the last day that is allowed', async () => {
    const caseId = await newCase();
    for (const more of [{ dueOn: '2026-11-21' }, { amount: '5000.00' }, { dueOn: '2027-01-20' }]) await note(caseId, more);
    expect((await room.promises.list(agent, caseId, {}, 'r')).items).toHaveLength(3);
  });

  it('is made once for a key, also by two at once, and another body with that key is refused', async () => {
    const caseId = await newCase();
    const all = await Promise.all([1, 2, 3].map(() => note(caseId, {}, agent, key('promise-1'))));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect((await room.promises.list(agent, caseId, {}, 'r')).items).toHaveLength(1);
    await expect(note(caseId, {}, agent, { key: 'promise-1', hash: Buffer.from('other') })).rejects.toThrow('new key');
  });

  it('is made in the transaction of an outcome, which says where it stands in the request', async () => {
    const caseId = await newCase();
    const [{ id: caseUuid } = { id: '' }] = await stage.sql<{ id: string }>('select id from collection_case where case_id = $1', [caseId]);
    const make = (amount: string) =>
      inTransaction(stage.source, { institutionId: BANK }, (tx) =>
        room.promises.make(tx, agent, { caseUuid, attemptId: null, amount, dueOn: '2026-11-25', note: null }, stage.clock.override),
      );
    expect(await pointersOf(make('0'))).toEqual(['/promise/amount']);
    const id = await make('20.00');
    expect((await room.promises.list(agent, caseId, {}, 'r')).items.map((one) => one.id)).toEqual([id]);
  });

  it('is withdrawn once: of two at once, one does', async () => {
    const made = await note(await newCase());
    const withdraw = () => room.promises.withdraw(agent, made.id, { reason: '记错了' }, null, 'r');
    const results = await Promise.allSettled([withdraw(), withdraw()]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(withdraw()).rejects.toThrow('withdrawn');
    const again = await room.promises.list(agent, made.caseId, { state: 'withdrawn' }, 'r');
    expect(again.items).toMatchObject([{ id: made.id, state: 'withdrawn', settledAt: '2026-11-21T15:00:00+08:00' }]);
  });

  it('is seen and touched by the agency that has the case, and by no other', async () => {
    const caseId = await newCase({ agencyId: 'agency-a' });
    const [own, other] = ['agency-a', 'agency-b'].map((agencyId) => principal('agent', { agencyId, subject: agencyId }));
    if (!own || !other) throw new Error('no agencies');
    const made = await note(caseId, {}, own);
    expect(made.agencyId).toBe('agency-a');
    await expect(note(caseId, {}, other)).rejects.toThrow('no such case');
    await expect(room.promises.withdraw(other, made.id, { reason: 'x' }, null, 'r')).rejects.toThrow('no such promise');
    await expect(room.promises.list(other, caseId, {}, 'r')).rejects.toThrow('no such case');
    expect((await room.promises.list(other, null, {}, 'r')).items).toEqual([]);
    expect((await room.promises.list(own, null, {}, 'r')).items.map(({ id }) => id)).toEqual([made.id]);
    await expect(note(caseId, {}, principal('agent', { institutionId: 'bank-2' }))).rejects.toThrow('no such case');
  });
});
