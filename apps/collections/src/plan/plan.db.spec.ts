import { agent, asking, headOffice, key, manager, refusal, RepaymentRoom, usualPlan } from '../../testing/repayment-room.ts';
import { principal, Stage } from '../../testing/stage.ts';

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

describe('the terms of a plan', () => {
  it('of 61 months are refused with their article, shown or drafted; of 60 they are not', async () => {
    const caseId = await room.newCase();
    const long = { ...usualPlan, months: 61 };
    const refused = { code: 'invalid', errors: ['/months CC11 70'] };
    expect(await refusal(room.plans.preview(agent, caseId, long))).toEqual(refused);
    expect(await refusal(room.plans.draft(asking(agent), caseId, long))).toEqual(refused);
    const shown = await room.plans.preview(agent, caseId, { ...usualPlan, months: 60, firstDueOn: '2026-12-21' });
    expect(shown).toMatchObject({
      limitMonths: 60,
      source: 'CC11 70',
      lastDueOn: '2031-11-21',
      total: { amount: '5000.00' },
      approver: 'collections-manager',
    });
    expect(
      await stage.sql(`select id from plan where collection_case = (select id from collection_case where case_id = $1)`, [caseId]),
    ).toEqual([]);
  });

  it.each([
    [{ firstDueOn: '2027-01-22', months: 59 }, '/firstDueOn CC11 70'],
    [{ owed: { principal: '4000.00' } }, '/owed CC11 70'],
    [{ owed: { principal: '4000.01', interest: '800.00', fees: '200.00' } }, '/owed CC11 70'],
    [{ owed: { principal: '4000.001', interest: '800.00', fees: '200.00' } }, '/owed/principal'],
    [{ annualRatePercent: 'much' }, '/annualRatePercent'],
    [{ months: undefined }, '/months'],
    [
      { method: 'custom', months: undefined, firstDueOn: undefined, instalments: [{ dueOn: '2026-12-01', amount: '4999.99' }] },
      '/instalments',
    ],
    [{ replaces: 'x' }, '/replaces'],
  ])('%j are refused at %s', async (more, pointer) => {
    expect((await refusal(room.plans.draft(asking(agent), await room.newCase(), { ...usualPlan, ...more } as never))).errors).toEqual([
      pointer,
    ]);
  });

  it('are kept with the circumstances sealed; reading them is noted, and roles with masks do not', async () => {
    const caseId = await room.newCase();
    const made = await room.plans.draft(asking(agent), caseId, { ...usualPlan, waivedFees: '200.00' });
    expect(made).toMatchObject({
      state: 'draft',
      total: { amount: '4800.00' },
      owed: { amount: '5000.00' },
      circumstances: { note: '失业三个月' },
    });
    expect(made.instalments.map(({ amount }) => amount)).toEqual(['960.00', '960.00', '960.00', '960.00', '960.00']);
    const [kept] = await stage.sql<{ sealed: Buffer }>('select circumstances_sealed as sealed from plan where id = $1', [made.id]);
    expect(kept?.sealed.toString()).not.toContain('失业');
    expect((await room.plans.find(principal('compliance'), made.id, 'r')).circumstances).toBeNull();
    expect(await stage.sql(`select subject from personal_data_read where resource = 'plan' and resource_ids = $1`, [[made.id]])).toEqual([
      { subject: 'agent-1' },
    ]);
  });

  it('are drafted once: of two drafts at once on one debt, in two cases of the debtor, one is refused; the same key is answered again', async () => {
    const caseId = await room.newCase({ debtorId: 'DX', debtId: 'LX' });
    const other = await room.newCase({ debtorId: 'DX', debtId: 'LX' });
    const results = await Promise.all([caseId, other].map((id) => refusal(room.plans.draft(asking(agent), id, usualPlan))));
    expect(results.map(({ code }) => code).toSorted()).toEqual(['none', 'plan-runs']);
    const third = await room.newCase();
    const made = await Promise.all([1, 2].map(() => room.plans.draft(asking(agent, key('draft-1')), third, usualPlan)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });
});

describe('approval', () => {
  it('is by a second person, once, also of two at once', async () => {
    const caseId = await room.newCase();
    const own = principal('collections-manager', { subject: 'boss' });
    const { id } = await room.plans.draft(asking(own), caseId, usualPlan);
    expect((await refusal(room.plans.approve(asking(manager), id))).code).toBe('plan-state');
    await room.plans.propose(asking(own), id);
    expect((await refusal(room.plans.approve(asking(own), id))).code).toBe('own-plan');
    const others = [manager, principal('collections-manager', { subject: 'manager-2' })];
    const codes = (await Promise.all(others.map((by) => refusal(room.plans.approve(asking(by), id))))).map(({ code }) => code);
    expect(codes.toSorted()).toEqual(['none', 'plan-state']);
    expect(await room.actionsOf(id)).toEqual(['plan-drafted', 'plan-proposed', 'plan-approved']);
    expect(await room.tasksOf(id)).toEqual(['approve-plan done', 'sign-plan open']);
  });

  it('of whoever drafted what another proposed is refused as well', async () => {
    const { id } = await room.plans.draft(asking(manager), await room.newCase(), usualPlan);
    await room.plans.propose(asking(agent), id);
    expect((await refusal(room.plans.approve(asking(manager), id))).code).toBe('own-plan');
  });

  it('above the limit is the head office’s, as the institution has set it', async () => {
    const caseId = await room.newCase({ balance: '50000.01' });
    const { id } = await room.plans.draft(asking(agent), caseId, { ...usualPlan, owed: { principal: '50000.01' } });
    await room.plans.propose(asking(agent), id);
    expect((await refusal(room.plans.approve(asking(manager), id))).code).toBe('above-approval-limit');
    expect(await room.plans.approve(asking(headOffice), id)).toMatchObject({ state: 'approved', approvedBy: 'head-office-approver-1' });
  });

  it('may be refused: the draft is revised, and proposed again', async () => {
    const { id } = await room.plans.draft(asking(agent), await room.newCase(), usualPlan);
    await room.plans.propose(asking(agent), id);
    expect((await refusal(room.plans.revise(agent, id, usualPlan, 'r'))).code).toBe('plan-state');
    expect(await room.plans.giveBack(asking(manager), id, { reason: '期数太长' })).toMatchObject({ state: 'draft', proposedBy: null });
    expect(await room.plans.revise(agent, id, { ...usualPlan, months: 2 }, 'r')).toMatchObject({ months: 2 });
    await room.plans.propose(asking(agent), id);
    expect(await room.plans.approve(asking(manager), id)).toMatchObject({ state: 'approved' });
  });

  it('is not asked for once the balance is another', async () => {
    const caseId = await room.newCase();
    const { id } = await room.plans.draft(asking(agent), caseId, usualPlan);
    await stage.sql(`update collection_case set balance = 4999.99 where case_id = $1`, [caseId]);
    expect((await refusal(room.plans.propose(asking(agent), id))).code).toBe('plan-stale');
  });
});
