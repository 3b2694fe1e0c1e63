import { agent, asking, manager, payment, refusal, RepaymentRoom } from '../../testing/repayment-room.ts';
import { Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: RepaymentRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new RepaymentRoom(stage);
  await stage.addAgencies(['agency-a', 'agency-b']);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

describe('what is paid', () => {
  it('moves the hold forward, ahead of its day as well, and completes the plan; the hold stays until core banking has cleared the case', async () => {
    const caseId = await room.newCase();
    const id = await room.active(caseId);
    stage.now = '2026-12-10T10:00:00+08:00';
    await room.load([payment(caseId, '2026-12-09', '1000.00')]);
    expect(await room.plans.find(agent, id, 'r')).toMatchObject({
      state: 'active',
      nextInstalment: 2,
      breaksAt: '2027-01-24T00:00:00+08:00',
      paid: { amount: '1000.00' },
    });
    await room.load([payment(caseId, '2026-12-10T09:00:00+08:00', '2500.00')]);
    expect(await room.plans.find(agent, id, 'r')).toMatchObject({ nextInstalment: 4, breaksAt: '2027-03-24T00:00:00+08:00' });
    expect(await room.verdictAt(caseId, '2027-03-20T10:00:00+08:00')).toBe('plan-active');
    await room.load([payment(caseId, '2027-03-20', '1500.00', { balanceAfter: '12.00' })]);
    expect(await room.plans.find(agent, id, 'r')).toMatchObject({ state: 'completed', endReason: 'paid', breaksAt: null });
    expect(await room.tasksOf(id)).toContain('close-paid-plan open');
    expect(await room.verdictAt(caseId, '2028-03-20T10:00:00+08:00')).toBe('plan-active');
    await stage.sql(`update collection_case set balance = 0 where case_id = $1`, [caseId]);
    await room.work.settleDue();
    expect(await room.tasksOf(id)).toContain('close-paid-plan done');
    expect(await room.verdictAt(caseId, '2028-03-20T10:00:01+08:00')).toBe('case-open');
  });

  it('and is learned late does not break the plan: it holds again from now on, and what was permitted meanwhile is taken back', async () => {
    const caseId = await room.newCase();
    const id = await room.active(caseId);
    expect(await room.verdictAt(caseId, '2026-12-24T09:00:00+08:00')).toBe('permitted');
    await room.work.settleDue();
    await room.load([payment(caseId, '2026-12-23', '1000.00')]);
    expect(await room.plans.find(agent, id, 'r')).toMatchObject({ state: 'active', brokenAt: null, breaksAt: '2027-01-24T00:00:00+08:00' });
    expect(await room.verdictAt(caseId, '2026-12-24T09:00:01+08:00')).toBe('plan-active');
    const holds = await stage.sql<{ from: Date; until: Date }>(
      `select from_at as "from", until_at as until from hold h join collection_case c on c.debtor = h.debtor where c.case_id = $1 order by from_at`,
      [caseId],
    );
    // Two holds, and between them the gap in which contact was permitted.
    expect(holds.map(({ until }) => until.toISOString())).toEqual(['2026-12-23T16:00:00.000Z', '2027-01-23T16:00:00.000Z']);
    const [permit] = await stage.sql(`select revoked_reason as reason from contact where case_id = $1`, [caseId]);
    expect(permit).toEqual({ reason: 'collection-stopped' });
    expect(await room.tasksOf(id)).toContain('follow-up-broken-plan done');
    expect(await room.actionsOf(id)).toContain('plan-restored');
  });

  it('too late leaves it broken, until a person takes it up again once all is paid that has fallen due', async () => {
    const caseId = await room.newCase();
    const id = await room.active(caseId);
    stage.now = '2026-12-24T09:00:00+08:00';
    await room.work.settleDue();
    expect((await refusal(room.agreements.reinstate(asking(manager), id, { reason: '病愈' }))).code).toBe('plan-in-arrears');
    await room.load([payment(caseId, '2026-12-24T00:00:00+08:00', '1000.00')]);
    expect(await room.plans.find(agent, id, 'r')).toMatchObject({ state: 'broken', paid: { amount: '1000.00' } });
    expect(await room.verdictAt(caseId, '2026-12-24T09:00:00+08:00')).toBe('permitted');
    stage.now = '2026-12-24T10:00:00+08:00';
    const codes = await Promise.all([1, 2].map(() => refusal(room.agreements.reinstate(asking(manager), id, { reason: '病愈' }))));
    expect(codes.map(({ code }) => code).toSorted()).toEqual(['none', 'plan-state']);
    expect(await room.plans.find(agent, id, 'r')).toMatchObject({
      state: 'active',
      nextInstalment: 2,
      breaksAt: '2027-01-24T00:00:00+08:00',
    });
    expect(await room.verdictAt(caseId, '2026-12-24T10:00:00+08:00')).toBe('plan-active');
  });

  it('and is taken back breaks the plan now, not then; a plan that was complete goes on, or is broken', async () => {
    const caseId = await room.newCase();
    const id = await room.active(caseId);
    stage.now = '2027-01-10T10:00:00+08:00';
    const paid = payment(caseId, '2026-12-20', '1000.00');
    // Read before the job has run: the payment was in time.
    await room.load([paid]);
    expect(await room.plans.find(agent, id, 'r')).toMatchObject({ state: 'active', nextInstalment: 2 });
    stage.now = '2027-01-11T10:00:00+08:00';
    await room.load([payment(caseId, '2027-01-11', '-1000.00', { reversalOf: paid.paymentId ?? '' })]);
    expect(await room.plans.find(agent, id, 'r')).toMatchObject({
      state: 'broken',
      brokenAt: '2027-01-11T10:00:00+08:00',
      paid: { amount: '0.00' },
    });
    expect(await room.verdictAt(caseId, '2027-01-11T10:00:00+08:00')).toBe('permitted');

    const whole = await room.newCase();
    stage.now = '2026-11-21T15:00:00+08:00';
    const ended = await room.active(whole);
    const all = payment(whole, '2026-11-21T16:00:00+08:00', '5000.00');
    await room.load([all]);
    expect(await room.plans.find(agent, ended, 'r')).toMatchObject({ state: 'completed' });
    await room.load([payment(whole, '2026-11-21', '-100.00', { reversalOf: all.paymentId ?? '' })]);
    expect(await room.plans.find(agent, ended, 'r')).toMatchObject({ state: 'active', nextInstalment: 5, endReason: null });
    expect(await room.verdictAt(whole, '2027-04-23T12:00:00+08:00')).toBe('plan-active');
    expect(await room.verdictAt(whole, '2027-04-24T12:00:00+08:00')).toBe('permitted');
  });

  it('before the day of the agreement, or in part, is not enough', async () => {
    const caseId = await room.newCase();
    await room.load([payment(caseId, '2026-11-20', '1000.00')]);
    const id = await room.active(caseId);
    await room.load([payment(caseId, '2026-11-21', '999.99')]);
    expect(await room.plans.find(agent, id, 'r')).toMatchObject({ nextInstalment: 1, paid: { amount: '999.99' } });
    await room.load([payment(caseId, '2026-11-21', '0.01')]);
    expect(await room.plans.find(agent, id, 'r')).toMatchObject({ nextInstalment: 2, paid: { amount: '1000.00' } });
  });

  it('while it is signed is counted, whichever comes first', async () => {
    for (let n = 0; n < 4; n += 1) {
      stage.now = '2026-11-21T15:00:00+08:00';
      const caseId = await room.newCase();
      const id = await room.approved(caseId);
      await Promise.all([room.sign(id, '2026-11-21T15:00:00+08:00'), room.load([payment(caseId, '2026-11-21', '1000.00')])]);
      expect(await room.plans.find(agent, id, 'r')).toMatchObject({ state: 'active', nextInstalment: 2, paid: { amount: '1000.00' } });
    }
  });

  it('while the job breaks the plan restores it, whichever comes first', async () => {
    for (let n = 0; n < 4; n += 1) {
      stage.now = '2026-11-21T15:00:00+08:00';
      const caseId = await room.newCase();
      const id = await room.active(caseId);
      stage.now = '2026-12-24T09:00:00+08:00';
      await Promise.all([room.work.settleDue(), room.load([payment(caseId, '2026-12-23', '1000.00')])]);
      await room.work.settleDue();
      expect(await room.plans.find(agent, id, 'r')).toMatchObject({ state: 'active', nextInstalment: 2 });
    }
  });

  it('otherwise, so that the case is cleared, ends the plan', async () => {
    const caseId = await room.newCase();
    const id = await room.active(caseId);
    stage.now = '2026-12-01T09:00:00+08:00';
    await stage.sql(`update collection_case set balance = 0 where case_id = $1`, [caseId]);
    await room.work.settleDue();
    expect(await room.plans.find(agent, id, 'r')).toMatchObject({ state: 'completed', endReason: 'debt-cleared' });
    const [hold] = await stage.sql<{ until: Date }>(`select until_at as until from hold h join plan p on p.hold = h.id where p.id = $1`, [
      id,
    ]);
    expect(hold?.until.toISOString()).toBe('2026-12-01T01:00:00.000Z');
  });
});

describe('the grace of the institution', () => {
  it('holds for plans that are signed later', async () => {
    const [before, after] = [await room.newCase(), await room.newCase()];
    const first = await room.active(before);
    const settings = { promiseGraceDays: 0, promiseLongestDays: 30, planGraceDays: 10, approvalLimits: { CNY: '100000' } };
    expect(await room.settings.set(manager, settings)).toMatchObject({
      planGraceDays: 10,
      approvalLimits: { CNY: '100000.00' },
      setBy: 'collections-manager-1',
    });
    const second = await room.active(after);
    expect(await room.plans.find(agent, first, 'r')).toMatchObject({ breaksAt: '2026-12-24T00:00:00+08:00' });
    expect(await room.plans.find(agent, second, 'r')).toMatchObject({ breaksAt: '2026-12-31T00:00:00+08:00' });
    expect((await refusal(room.settings.set(manager, { ...settings, approvalLimits: { cny: '1', USD: 'x' } }))).errors).toEqual([
      '/approvalLimits/cny',
      '/approvalLimits/USD',
    ]);
    const acts = await stage.sql(`select subject from register_act where action = 'repayment-setting'`);
    expect(acts).toHaveLength(1);
  });
});
