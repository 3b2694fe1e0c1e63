import { call, codeOf, key } from '../../testing/after.ts';
import { IntakeRooms } from '../../testing/desk-intake.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import { toCommand } from '../clock/event-command.ts';

let stage: Stage;
let rooms: IntakeRooms;
const second = principal('complaint-supervisor', { subject: 'supervisor-2' });

beforeAll(async () => {
  stage = await Stage.open();
  rooms = new IntakeRooms(stage);
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-11-21T15:00:00+08:00'));

const registered = async (receivedAt = '2026-11-20T09:00:00+08:00'): Promise<string> => (await stage.register({ receivedAt })).id;
const ask = (id: string, receivedAt: string, by = handler, idempotency: Parameters<typeof call>[0] = null) =>
  rooms.receipts.ask(by, id, { receivedAt, reason: '信件邮戳为十八日' }, call(idempotency));
const asked = async (id: string, receivedAt: string): Promise<string> => (await ask(id, receivedAt)).items[0]?.id ?? '';
const settle = (complaintId: string, id: string, outcome: 'approved' | 'refused' | 'withdrawn', by = supervisor, note = '已核对') =>
  rooms.receipts.settle(by, { complaintId, id }, outcome, { note }, call());
const view = (id: string) => stage.complaints.find(handler, id, 'r');
const refusal = (work: Promise<unknown>) => work.catch((error: unknown) => error);

describe('a correction', () => {
  it('changes nothing until another approves it; then all dates follow from the ledger', async () => {
    const id = await registered();
    await stage.record(id, toCommand.complexity({ at: '2026-11-21T10:00:00+08:00' }));
    const waiting = await ask(id, '2026-11-18T09:00:00+08:00');
    expect(waiting).toMatchObject({
      mayAsk: false,
      items: [{ state: 'asked', dueOnBefore: '2026-12-20', dueOnAfter: '2026-12-18', awaitsMe: false }],
    });
    expect(await view(id)).toMatchObject({ receivedAt: '2026-11-20T09:00:00+08:00', clock: { dueOn: '2026-12-20' } });
    const [open] = (await rooms.approvals.list(supervisor, { kind: 'receipt-correction' }, 'r')).items.filter(
      ({ complaintId }) => complaintId === id,
    );
    expect(open).toMatchObject({ awaitsMe: true, note: '信件邮戳为十八日' });
    const done = await settle(id, waiting.items[0]?.id ?? '', 'approved');
    expect(done).toMatchObject({
      mayAsk: true,
      receivedAt: '2026-11-18T09:00:00+08:00',
      items: [{ state: 'applied', settledBy: supervisor.subject }],
    });
    expect(await view(id)).toMatchObject({
      receivedAt: '2026-11-18T09:00:00+08:00',
      clock: {
        dueOn: '2026-12-18',
        segments: [
          { from: '2026-11-18', to: '2026-12-03' },
          { from: '2026-12-03', to: '2026-12-18' },
        ],
      },
    });
    const [row] = await stage.sql<{ day0: string; version: number; wake: Date }>(
      'select day0, ledger_version as version, wake_at as wake from complaint where id = $1',
      [id],
    );
    expect(row).toMatchObject({ day0: '2026-11-18', version: 1, wake: new Date('2026-12-13T00:00:00+08:00') });
    expect((await rooms.kinds(id)).filter((kind) => kind.startsWith('receipt'))).toEqual(['receipt-correction-asked', 'receipt-corrected']);
    const trail = await stage.complaints.timeline(handler, id, {}, { requestId: 'r', language: 'zh' });
    expect(trail.items.at(-1)?.data).toMatchObject({
      receivedBefore: '2026-11-20T09:00:00+08:00',
      dueOnBefore: '2026-12-20',
      dueOnAfter: '2026-12-18',
    });
  });

  it('is the same as if the receipt had been right from the beginning', async () => {
    const [corrected, right] = [await registered(), await registered('2026-11-18T09:00:00+08:00')];
    for (const id of [corrected, right]) {
      await stage.record(
        id,
        toCommand.pause({ at: '2026-11-20T10:00:00+08:00', reason: 'appraisal', complainantToldAt: '2026-11-20T10:00:00+08:00' }),
      );
      await stage.record(id, toCommand.resumption({ at: '2026-11-21T10:00:00+08:00' }));
    }
    await settle(corrected, await asked(corrected, '2026-11-18T09:00:00+08:00'), 'approved');
    const columns = (id: string) =>
      stage.sql(
        'select state, term_id, day0, due_on, due_at, provisional, decided_at, told_at, closed_at, ledger_version, wake_at from complaint where id = $1',
        [id],
      );
    expect(await columns(corrected)).toEqual(await columns(right));
    expect((await view(corrected)).clock).toEqual((await view(right)).clock);
  });

  it('may be later, but not by whoever handles it', async () => {
    const id = await registered('2026-11-18T09:00:00+08:00');
    await stage.sql(`update complaint set handler = $2 where id = $1`, [id, supervisor.subject]);
    const correction = await asked(id, '2026-11-20T09:00:00+08:00');
    expect(await codeOf(settle(id, correction, 'approved'))).toBe('own-term');
    await settle(id, correction, 'approved', second);
    expect((await view(id)).clock.dueOn).toBe('2026-12-05');
  });

  it('is refused with a reason or taken back, and may be asked for again', async () => {
    const id = await registered();
    const one = await asked(id, '2026-11-18T09:00:00+08:00');
    expect(await codeOf(ask(id, '2026-11-17T09:00:00+08:00'))).toBe('correction-waits');
    expect(await codeOf(settle(id, one, 'refused', supervisor, ''))).toBe('invalid');
    expect((await settle(id, one, 'refused')).items[0]).toMatchObject({ state: 'refused', note: '已核对' });
    expect(await codeOf(settle(id, one, 'approved'))).toBe('correction-settled');
    const two = await asked(id, '2026-11-18T09:00:00+08:00');
    expect((await settle(id, two, 'withdrawn', handler)).items[0]).toMatchObject({ state: 'withdrawn' });
    expect((await view(id)).receivedAt).toBe('2026-11-20T09:00:00+08:00');
  });
});

describe('what cannot be', () => {
  it.each([
    ['after it was registered', '2026-11-21T15:30:00+08:00'],
    ['in the future', '2026-12-21T15:00:00+08:00'],
    ['as it is', '2026-11-20T01:00:00Z'],
    ['years before', '2024-11-21T15:00:00+08:00'],
  ])('%s', async (_, at) => {
    const id = await registered();
    stage.now = '2026-11-21T16:00:00+08:00';
    expect(await codeOf(ask(id, at))).toBe('invalid');
  });

  it('after the first event, or so that a later one was not possible, with the article', async () => {
    const id = await registered('2026-11-10T09:00:00+08:00');
    await stage.record(id, toCommand.complexity({ at: '2026-11-19T10:00:00+08:00' }));
    const early = await refusal(ask(id, '2026-11-20T09:00:00+08:00'));
    expect(early).toMatchObject({ kind: { code: 'receipt-contradicts-ledger' }, extras: { errors: [{ pointer: '/receivedAt' }] } });
    const over = await refusal(ask(id, '2026-11-01T09:00:00+08:00'));
    expect(over).toMatchObject({ kind: { code: 'receipt-contradicts-ledger' }, extras: { errors: [{ source: 'CMP20 18' }] } });
  });

  it('what became impossible while it waited is not approved', async () => {
    const id = await registered('2026-11-10T09:00:00+08:00');
    const correction = await asked(id, '2026-11-20T09:00:00+08:00');
    await stage.record(id, toCommand.complexity({ at: '2026-11-19T10:00:00+08:00' }));
    expect(await codeOf(settle(id, correction, 'approved'))).toBe('receipt-contradicts-ledger');
    expect((await view(id)).receivedAt).toBe('2026-11-10T09:00:00+08:00');
  });

  it('once it was decided and told, and once it is closed', async () => {
    const id = await registered();
    const correction = await asked(id, '2026-11-18T09:00:00+08:00');
    await stage.decide(id);
    await stage.tell(id);
    expect(await refusal(settle(id, correction, 'approved'))).toMatchObject({ kind: { code: 'receipt-fixed' } });
    await settle(id, correction, 'withdrawn', handler);
    expect(await codeOf(ask(id, '2026-11-18T09:00:00+08:00'))).toBe('receipt-fixed');
  });

  it('before a regulator sent it on', async () => {
    const forwarded = { regulator: '12378', reference: 'R-1', forwardedOn: '2026-11-19' };
    const { id } = await stage.register({ receivedAt: '2026-11-20T09:00:00+08:00', forwarded });
    expect(await refusal(ask(id, '2026-11-18T09:00:00+08:00'))).toMatchObject({ extras: { errors: [{ source: 'CMP20 33' }] } });
  });
});

describe('four eyes', () => {
  it('the asker does not approve, nor who has not the role, and of two approvers one does', async () => {
    const id = await registered();
    const { items } = await ask(id, '2026-11-18T09:00:00+08:00', supervisor);
    const correction = items[0]?.id ?? '';
    expect(await codeOf(settle(id, correction, 'approved', supervisor))).toBe('own-request');
    expect(await codeOf(settle(id, correction, 'approved', handler))).toBe('forbidden');
    const third = principal('complaint-supervisor', { subject: 'supervisor-3' });
    const codes = await Promise.all([
      codeOf(settle(id, correction, 'approved', second)),
      codeOf(settle(id, correction, 'refused', third)),
      codeOf(settle(id, correction, 'approved', supervisor)),
    ]);
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    expect(codes[2]).not.toBe('done');
  });

  it('the same key is the same request; of many at once one waits', async () => {
    const id = await registered();
    await Promise.all(Array.from({ length: 4 }, () => ask(id, '2026-11-18T09:00:00+08:00', handler, key('R'))));
    const [count] = await stage.sql<{ n: number }>('select count(*)::int as n from receipt_correction where complaint = $1', [id]);
    expect(count?.n).toBe(1);
    const other = await registered();
    const codes = await Promise.all([17, 18, 19].map((day) => codeOf(ask(other, `2026-11-${day}T09:00:00+08:00`))));
    expect(codes.toSorted()).toEqual(['correction-waits', 'correction-waits', 'done']);
  });

  it('of another institution and of an agency there is nothing', async () => {
    const id = await registered();
    const correction = await asked(id, '2026-11-18T09:00:00+08:00');
    const stranger = principal('complaint-supervisor', { institutionId: 'bank-2' });
    expect(await codeOf(settle(id, correction, 'approved', stranger))).toBe('not-found');
    expect(await codeOf(rooms.receipts.list(stranger, id, call()))).toBe('not-found');
    expect(await codeOf(rooms.receipts.list(principal('complaint-supervisor', { agencyId: 'A1' }), id, call()))).toBe('not-found');
    const masked = await rooms.receipts.list(principal('regulator'), id, call());
    expect([masked.masked, masked.items[0]?.awaitsMe]).toEqual([true, false]);
    expect(await codeOf(settle(id, '01a22b97-0000-7000-8000-000000000000', 'approved'))).toBe('not-found');
  });
});
