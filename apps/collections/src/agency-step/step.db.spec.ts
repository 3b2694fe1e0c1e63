import { AgencyRoom, compliance, keyed, manager, ofAgency, refusalOf } from '../../testing/agency-room.ts';
import { principal, Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: AgencyRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new AgencyRoom(stage);
});
afterAll(() => stage.close());

const reason = '引入';
async function declared(agencyId: string) {
  const { id } = await room.document(agencyId, { kind: 'no-subcontracting-declaration', title: '不转包声明' });
  return { signedBy: '赵五', signedOn: '2026-11-01', documentId: id };
}
async function proposed(agencyId: string) {
  const step = await room.steps.proposeAdmission(manager, agencyId, { declaration: await declared(agencyId), reason }, null);
  return { agencyId, stepId: step.id };
}
const statusOf = async (agencyId: string): Promise<unknown> =>
  (await stage.sql(`select status, published from agency where agency_id = $1`, [agencyId]))[0];

describe('an agency', () => {
  it('is not admitted without its declaration of no sub-contracting, nor with another document in its place', async () => {
    await room.register({ agencyId: 'A1' });
    const propose = (declaration: Parameters<typeof room.steps.proposeAdmission>[2]['declaration']) =>
      refusalOf(room.steps.proposeAdmission(manager, 'A1', { declaration, reason }, null));
    expect(await propose(null)).toBe('invalid /declaration CC22, CBA26');
    const other = await room.document('A1', { kind: 'other', title: '其他' });
    expect(await propose({ signedBy: 'x', signedOn: '2026-11-22', documentId: other.id })).toBe(
      'invalid /declaration/signedOn /declaration/documentId CC22, CBA26',
    );
    await room.register({ agencyId: 'A2', licence: null, owners: [], approvals: [], contacts: [], responsible: null });
    const bare = room.steps.proposeAdmission(manager, 'A2', { declaration: await declared('A2'), reason }, null);
    expect(await refusalOf(bare)).toBe(
      'agency-not-ready /profile/licence HLJ 23 /profile/owners CBA26 /profile/approvals CC22 /profile/contacts CBA26 /profile/responsible CC22',
    );
  });

  it('is admitted by a second person, goes to work when it is ready, and may contact debtors then', async () => {
    await room.register({ agencyId: 'A3' });
    const step = await proposed('A3');
    expect(await room.openTasks('decide-agency-step')).toMatchObject([{ resource: `agency-step/${step.stepId}`, agencyId: null }]);
    expect(await refusalOf(room.decisions.approve(manager, step, {}, null))).toBe('own-agency-step');
    expect(await room.decisions.approve(compliance, step, { reason: '同意' }, null)).toMatchObject({
      state: 'approved',
      decisionReason: '同意',
    });
    expect(await room.openTasks('decide-agency-step')).toEqual([]);
    expect(await statusOf('A3')).toEqual({ status: 'approved', published: false });
    const activate = () => room.decisions.activate(manager, 'A3', { reason: '启用' }, null);
    expect(await refusalOf(activate())).toBe('agency-not-ready /contracts CC22 /staff HLJ 23, GBT 5.4');
    await room.contract('A3');
    await room.fitCollector('A3', 'w1');
    await stage.addCases([{ caseId: 'C3', debtorId: 'D3', agencyId: 'A3' }]);
    const agent = principal('agent', { agencyId: 'A3' });
    const asking = { collectorIds: ['w1'], deviceId: 't-A3-w1' };
    expect((await stage.ask('C3', asking, agent)).reasons).toContainEqual(expect.objectContaining({ ruleId: 'agency-standing' }));
    expect(await activate()).toMatchObject({ status: 'active', activation: [] });
    expect(await statusOf('A3')).toEqual({ status: 'active', published: true });
    expect((await stage.ask('C3', asking, agent)).verdict).toBe('permitted');
    expect(await refusalOf(activate())).toBe('agency-step-not-now');
  });

  it('leaves by two persons too: its permits are taken back, its cases have to be recalled, its seats end', async () => {
    await room.atWork('A4');
    await room.staff.sit(manager, { seatId: 'S1' }, { agencyId: 'A4', collectorId: 'w1', idempotency: null, requestId: 'r' });
    await stage.addCases([{ caseId: 'C4', debtorId: 'D4', contactPoint: '+8613800000044', agencyId: 'A4' }]);
    const exit = await room.steps.proposeExit(compliance, 'A4', { reason: '到期不续', handling: '案件收回' }, null);
    const name = { agencyId: 'A4', stepId: exit.id };
    expect(await statusOf('A4')).toMatchObject({ status: 'active' });
    expect(await refusalOf(room.steps.proposeExit(manager, 'A4', { reason: 'x', handling: 'x' }, null))).toBe('agency-step-open');
    expect(await refusalOf(room.decisions.approve(compliance, name, {}, null))).toBe('own-agency-step');
    expect(await room.decisions.approve(manager, name, {}, null)).toMatchObject({ kind: 'exit', state: 'approved', handling: '案件收回' });
    expect(await statusOf('A4')).toEqual({ status: 'exited', published: false });
    expect(await stage.sql(`select from agency_seat where agency_id = 'A4' and until_at is null`)).toEqual([]);
    expect(await room.openTasks('take-back-case')).toHaveLength(1);
    // Who left may be proposed anew.
    expect(await refusalOf(proposed('A4'))).toBe('done');
  });

  it('of two who decide at once one does; one key decides once; what is withdrawn cannot be approved', async () => {
    for (const agencyId of ['A5', 'A6', 'A7']) await room.register({ agencyId });
    const five = await proposed('A5');
    const [other, third] = [compliance, principal('compliance', { subject: 'compliance-2' })];
    const race = await Promise.all([
      refusalOf(room.decisions.approve(other, five, {}, null)),
      refusalOf(room.decisions.reject(third, five, { reason: '不同意' }, null)),
    ]);
    expect(race.toSorted()).toEqual(['agency-step-settled', 'done']);
    const six = await proposed('A6');
    const once = () => room.decisions.approve(other, six, {}, keyed('d1', six));
    expect((await Promise.all([once(), once()])).map(({ state }) => state)).toEqual(['approved', 'approved']);
    const seven = await proposed('A7');
    expect(await refusalOf(room.decisions.withdraw(other, seven, { reason: 'x' }, null))).toBe('forbidden');
    await room.decisions.withdraw(manager, seven, { reason: '再议' }, null);
    expect(await refusalOf(room.decisions.approve(other, seven, {}, null))).toBe('agency-step-settled');
  });

  it('has no say in it, and another bank none either', async () => {
    const own = ofAgency('A5');
    expect(await refusalOf(room.steps.list(own, 'A5', {}))).toBe('forbidden');
    expect(await refusalOf(room.steps.proposeExit(own, 'A5', { reason: 'x', handling: 'x' }, null))).toBe('forbidden');
    expect(await refusalOf(room.steps.ready(principal('compliance', { institutionId: 'bank-2' }), 'A5'))).toBe('not-found');
  });
});
