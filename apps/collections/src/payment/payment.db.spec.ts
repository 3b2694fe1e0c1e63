import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { agent, asking, manager, payment, RepaymentRoom, usualPlan } from '../../testing/repayment-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: RepaymentRoom;
const core = principal('integration');

beforeAll(async () => {
  stage = await Stage.open();
  room = new RepaymentRoom(stage);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

const balanceOf = async (caseId: string) =>
  (await stage.sql<{ balance: string }>('select balance::text as balance from collection_case where case_id = $1', [caseId]))[0]?.balance;
const sumOf = async (caseId: string) =>
  (await room.payments.list(agent, caseId, {})).items.reduce((sum, { amount }) => sum + Math.round(Number(amount.amount) * 100), 0);
const promise = (caseId: string, amount: string, dueOn: string) => room.promises.note(agent, caseId, { amount, dueOn }, null, 'r');
const promisesOf = async (caseId: string) =>
  (await room.promises.list(agent, caseId, {}, 'r')).items.toReversed().map(({ state, paid }) => `${state} ${paid.amount}`);

describe('a file of payments', () => {
  it('books each once: again it changes nothing, and two at once leave one set', async () => {
    const caseIds = await Promise.all(Array.from({ length: 5 }, () => room.newCase()));
    const file = Array.from({ length: 60 }, (_, n) => payment(caseIds[n % 5] ?? '', '2026-11-20', '10.00'));
    const outcomes = await Promise.all([room.load(file), room.load(file.toReversed()), room.load(file)]);
    expect(outcomes.map(({ inserted, unchanged }) => inserted + unchanged)).toEqual([60, 60, 60]);
    expect(outcomes.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(60);
    expect(await room.load([...file, file[0] ?? {}])).toEqual({ inserted: 0, updated: 0, unchanged: 61, faults: [] });
    expect(await sumOf(caseIds[0] ?? '')).toBe(12_000);
  });

  it('changes nothing that is known: other content is a conflict, beside rows that are good', async () => {
    const [caseId, other] = [await room.newCase(), await room.newCase()];
    const one = payment(caseId, '2026-11-20T10:00:00+08:00', '10.00');
    await room.load([one]);
    const changed = [
      { ...one, amount: '10.01' },
      { ...one, caseId: other },
      { ...one, paidAt: '2026-11-20T10:00:01+08:00' },
      { ...one, balanceAfter: '5.00' },
    ];
    const outcome = await room.load([...changed, payment(caseId, '2026-11-20', '5.00'), { ...one, amount: '10' }]);
    expect(outcome).toMatchObject({ inserted: 1, unchanged: 1 });
    expect(outcome.faults.map(({ row, column, code }) => [row, column, code])).toEqual(
      [2, 3, 4, 5].map((row) => [row, 'paymentId', 'conflict']),
    );
  });

  it('takes back what it says, in the same file as well, and never more than was paid', async () => {
    const [caseId, other] = [await room.newCase(), await room.newCase()];
    const one = payment(caseId, '2026-11-20', '10.00');
    const back = (amount: string, more = {}) => payment(caseId, '2026-11-21', amount, { reversalOf: one.paymentId ?? '', ...more });
    const [first, second] = [back('-4.00'), back('-6.00')];
    const codes = async (rows: readonly Readonly<Record<string, string>>[]) =>
      (await room.load(rows)).faults.map(({ column, code }) => `${column} ${code}`);
    expect(await codes([first, one])).toEqual([]);
    expect(await codes([back('-6.01')])).toEqual(['amount too-much']);
    expect(await codes([back('-3.00'), back('-3.01')])).toEqual(['amount too-much']);
    expect(await codes([back('-1.00', { caseId: other })])).toEqual(['reversalOf unknown-payment']);
    expect(await codes([back('-1.00', { reversalOf: first.paymentId ?? '' })])).toEqual(['reversalOf reversal']);
    expect(await codes([first, second])).toEqual(['amount too-much']);
    expect(await sumOf(caseId)).toBe(300);
  });

  it.each([
    ['paymentId', '', 'required'],
    ['caseId', 'nobody', 'unknown-case'],
    ['paidAt', 'yesterday', 'instant'],
    ['paidAt', '2026-11-20T10:00:00', 'instant'],
    ['paidAt', '2026-11-22', 'future'],
    ['amount', '0', 'amount'],
    ['amount', '1.001', 'amount'],
    ['amount', '-1.00', 'sign'],
    ['amount', '1,000.00', 'amount'],
    ['currency', 'yuan', 'currency'],
    ['currency', 'USD', 'other-currency'],
    ['institutionId', 'bank-2', 'other-institution'],
    ['reversalOf', 'x', 'sign'],
    ['balanceAfter', 'none', 'amount'],
  ])('reports a row with %s %j, and takes the rest', async (column, value, code) => {
    const caseId = await room.newCase();
    const outcome = await room.load([payment(caseId, '2026-11-20', '10.00', { [column]: value }), payment(caseId, '2026-11-20', '1.00')]);
    expect(outcome.inserted).toBe(1);
    expect(outcome.faults.map((fault) => [fault.row, fault.code])).toEqual([[2, code]]);
  });

  it('is the bank’s alone', async () => {
    const caseId = await room.newCase({ agencyId: 'agency-a' });
    const outcome = await room.load([payment(caseId, '2026-11-20', '10.00')], { agencyId: 'agency-a' });
    expect(outcome.faults).toMatchObject([{ column: 'paymentId', code: 'bank-only' }]);
  });

  it('leaves the balance to the file of cases, unless it says what is left; then the next file of cases is taken at its word', async () => {
    const caseId = await room.newCase();
    await room.load([payment(caseId, '2026-11-20', '10.00')]);
    expect(await balanceOf(caseId)).toBe('5000.00');
    const last = payment(caseId, '2026-11-21', '90.00', { balanceAfter: '4900' });
    await room.load([last, payment(caseId, '2026-11-19', '1.00', { balanceAfter: '4999' })]);
    expect(await balanceOf(caseId)).toBe('4900.00');
    await room.load([last, payment(caseId, '2026-11-18', '1.00', { balanceAfter: '4998' })]);
    expect(await balanceOf(caseId)).toBe('4900.00');
    await stage.addCases([{ caseId, debtorId: `again-${caseId}` }]);
    expect(await balanceOf(caseId)).toBe('5000.00');
  });

  it('says who had the case when it was paid, whoever has it when it becomes known', async () => {
    const caseId = await room.newCase();
    const had = (agencyId: string, from: string, until: string | null) =>
      stage.sql(
        `insert into entrustment (institution_id, collection_case, agency_id, from_at, until_at, begun_by, ended_by, begun_cause, balance, currency)
         select institution_id, id, $2, $3::timestamptz, $4::timestamptz, 'x', case when $4::timestamptz is null then null else 'x' end, 'import', 5000, 'CNY'
         from collection_case where case_id = $1`,
        [caseId, agencyId, from, until],
      );
    await had('agency-a', '2026-11-05T00:00:00+08:00', '2026-11-10T00:00:00+08:00');
    await had('agency-b', '2026-11-12T00:00:00+08:00', null);
    const at = ['11-04T23:59:59', '11-05T00:00:00', '11-09T23:59:59', '11-10T00:00:00', '11-12T00:00:00'].map((one) => `2026-${one}+08:00`);
    const paid = at.map((paidAt) => payment(caseId, paidAt, '10.00'));
    // What is taken back is taken back of whose it was.
    const back = payment(caseId, '2026-11-20', '-4.00', { reversalOf: paid[2]?.paymentId ?? '' });
    expect((await room.load([...paid, back])).faults).toEqual([]);
    const { items } = await room.payments.list(agent, caseId, {});
    const agencyAt = new Map(items.map(({ paymentId, agencyId }) => [paymentId, agencyId]));
    expect([...paid, back].map(({ paymentId = '' }) => agencyAt.get(paymentId))).toEqual([
      null,
      'agency-a',
      'agency-a',
      null,
      'agency-b',
      'agency-a',
    ]);
    const recovered = await stage.sql(
      `select agency_id as agency, sum(amount)::text as paid from payment where agency_id like 'agency-_' group by 1 order by 1`,
    );
    expect(recovered).toEqual([
      { agency: 'agency-a', paid: '16.00' },
      { agency: 'agency-b', paid: '10.00' },
    ]);
  });

  it('before the case was ever with an agency is the bank’s', async () => {
    // The ledger of entrustments begins with the import of the case.
    const caseId = await room.newCase({ agencyId: 'agency-c' });
    await room.load([payment(caseId, '2026-11-20', '10.00')]);
    expect((await room.payments.list(agent, caseId, {})).items).toMatchObject([{ agencyId: null, paidAt: '2026-11-20T23:59:59+08:00' }]);
  });
});

describe('a payment by itself', () => {
  it('is booked once, by two at once too; other content is refused, and so is what is wrong with it', async () => {
    const caseId = await room.newCase();
    const request = { paymentId: 'X1', caseId, paidAt: '2026-11-20', amount: '10.00', currency: 'CNY' };
    const all = await Promise.all([1, 2, 3].map(() => room.payments.book(core, request, null)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    await expect(room.payments.book(core, { ...request, amount: '11.00' }, null)).rejects.toMatchObject({
      kind: { code: 'payment-known', status: 409 },
    });
    await expect(room.payments.book(core, { ...request, paymentId: 'X2', caseId: 'nobody' }, null)).rejects.toMatchObject({
      kind: { status: 422 },
      extras: { errors: [{ pointer: '/caseId' }] },
    });
    const key = { key: 'pay-1', hash: Buffer.from('1') };
    const keyed = await Promise.all([1, 2].map(() => room.payments.book(core, { ...request, paymentId: 'X3' }, key)));
    expect(keyed[0]).toEqual(keyed[1]);
  });
});

describe('promises and payments', () => {
  it('a payment counts once, for what is due first; what it is more, for the next', async () => {
    const caseId = await room.newCase();
    await promise(caseId, '100.00', '2026-11-28');
    await promise(caseId, '100.00', '2026-11-25');
    await room.load([payment(caseId, '2026-11-22', '150.00')].map((row) => ({ ...row, paidAt: '2026-11-21T15:30:00+08:00' })));
    expect(await promisesOf(caseId)).toEqual(['open 50.00', 'kept 100.00']);
    stage.now = '2026-11-30T00:00:00+08:00';
    await room.work.settleDue();
    expect(await promisesOf(caseId)).toEqual(['broken 50.00', 'kept 100.00']);
    const acts = await stage.sql<{ action: string }>(
      `select action from register_act a join collection_case c on c.id = a.collection_case where c.case_id = $1 order by a.id`,
      [caseId],
    );
    expect(acts.map(({ action }) => action)).toEqual(['promise-made', 'promise-made', 'promise-kept', 'promise-broken']);
  });

  it('what was paid or known before it was made does not count; what is learned late does', async () => {
    const caseId = await room.newCase();
    await room.load([payment(caseId, '2026-11-21', '100.00')]);
    stage.now = '2026-11-21T15:00:01+08:00';
    await promise(caseId, '100.00', '2026-11-21');
    await room.load([payment(caseId, '2026-11-20', '1.00')]);
    expect(await promisesOf(caseId)).toEqual(['open 0.00']);
    stage.now = '2026-11-23T00:00:00+08:00';
    await Promise.all([room.work.settleDue(), room.work.settleDue()]);
    expect(await promisesOf(caseId)).toEqual(['broken 0.00']);
    const late = payment(caseId, '2026-11-22', '100.00');
    await room.load([late]);
    expect(await promisesOf(caseId)).toEqual(['kept 100.00']);
    await room.load([payment(caseId, '2026-11-22', '-0.01', { reversalOf: late.paymentId ?? '' })]);
    expect(await promisesOf(caseId)).toEqual(['broken 99.99']);
  });

  it('of which one is settled while it is paid and its time is over come out the same', async () => {
    for (let n = 0; n < 4; n += 1) {
      stage.now = '2026-11-21T15:00:00+08:00';
      const caseId = await room.newCase();
      await promise(caseId, '100.00', '2026-11-21');
      stage.now = '2026-11-23T09:00:00+08:00';
      await Promise.all([room.work.settleDue(), room.load([payment(caseId, '2026-11-22', '100.00')])]);
      expect(await promisesOf(caseId)).toEqual(['kept 100.00']);
    }
  });
});

describe('any payments on a plan', () => {
  // A debtor with a purse: three instalments of 100.00 due on 1, 4 and 7 December, no grace but the setting's.
  const terms = {
    ...usualPlan,
    owed: { principal: '300.00' },
    method: 'custom' as const,
    months: undefined as never,
    firstDueOn: undefined as never,
    instalments: ['2026-12-01', '2026-12-04', '2026-12-07'].map((dueOn) => ({ dueOn, amount: '100.00' })),
  };
  const start = Temporal.PlainDate.from('2026-11-25');

  it('are followed as day by day, whenever they become known', async () => {
    await room.settings.set(manager, { promiseGraceDays: 0, promiseLongestDays: 60, planGraceDays: 1, approvalLimits: { CNY: '50000' } });
    const day = fc.integer({ min: 0, max: 14 });
    // Paid on a day, known on the same or a later one, perhaps taken back on one later still.
    const event = fc.tuple(
      day,
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom(50, 100, 150, 300),
      fc.option(fc.integer({ min: 0, max: 4 })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 5 }), async (events) => {
        stage.now = '2026-11-25T09:00:00+08:00';
        const caseId = await room.newCase({ balance: '300.00' });
        const id = await room.active(caseId, terms);
        const rows = events.map(([paid, lag, amount, back]) => ({
          paid,
          known: Math.min(paid + lag, 15),
          amount,
          back: back === null ? null : Math.min(paid + lag + back, 15),
          row: payment(caseId, start.add({ days: paid }).toString(), `${amount}.00`),
        }));
        for (let today = 0; today <= 15; today += 1) {
          const date = start.add({ days: today }).toString();
          stage.now = `${date}T10:00:00+08:00`;
          if (today % 3 === 0) await room.work.settleDue();
          const told = rows.filter(({ known }) => known === today).map(({ row }) => row);
          const taken = rows
            .filter(({ back }) => back === today)
            .map(({ row, amount }) => payment(caseId, date, `-${amount}.00`, { reversalOf: row.paymentId ?? '' }));
          if (told.length + taken.length > 0) expect((await room.load([...told, ...taken])).faults).toEqual([]);
          stage.now = `${date}T10:00:01+08:00`;
          const heldNow = (await stage.ask(caseId, { channel: 'voice' })).reasons.some(({ ruleId }) => ruleId === 'plan-active');
          expect([date, heldNow]).toEqual([date, expectHeld(rows, today)]);
        }
        await room.agreements.cancel(asking(manager), id, { reason: '测试结束' }).catch(() => undefined);
      }),
      { numRuns: 6 },
    );
  });

  /** Held as long as all that was due until the day before yesterday is paid in time by what is known today, or all of it is paid. */
  function expectHeld(rows: readonly { paid: number; known: number; amount: number; back: number | null }[], today: number): boolean {
    const counted = rows.filter(({ known, back }) => known <= today && !(back !== null && back <= today));
    for (let day = 0; day <= today; day += 1) {
      const paid = counted.filter((one) => one.paid < day).reduce((sum, { amount }) => sum + amount, 0);
      // Due on days 6, 9 and 12 with one day of grace: missed from 8, 11 and 14 on.
      const due = [8, 11, 14].filter((missed) => missed <= day).length * 100;
      if (paid < due) return false;
      if (paid >= 300) return true;
    }
    return true;
  }

  it('belong to one institution', async () => {
    const caseId = await room.newCase();
    await room.load([payment(caseId, '2026-11-20', '10.00')]);
    expect(await stage.sql('select id from payment', [], 'bank-2')).toEqual([]);
    expect((await stage.sql('select id from payment', [], BANK)).length).toBeGreaterThan(0);
  });
});
