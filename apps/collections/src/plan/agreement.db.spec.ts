import { stoppingOf } from '../../testing/entrustment-room.ts';
import { actsOf, deskOf, wav } from '../../testing/recording-room.ts';
import { agent, asking, key, manager, refusal, RepaymentRoom, usualPlan } from '../../testing/repayment-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { HoldSettingService } from '../case/hold-setting.service.ts';
import { RegisterStore } from '../case/register.store.ts';

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

describe('what was signed', () => {
  const textOf = async (pieces: AsyncIterable<Buffer>): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const piece of pieces) parts.push(piece);
    return Buffer.concat(parts).toString();
  };

  it('is read back as it came, each reading is recorded, and only by who may see the plan', async () => {
    const id = await room.approved(await room.newCase());
    expect((await refusal(room.documents.open(agent, id, 'r'))).code).toBe('not-found');
    await room.sign(id, '2026-11-21T15:00:00+08:00', { text: '%PDF-1.4 协议' });
    const { mediaType, pieces } = await room.documents.open(principal('regulator'), id, 'r');
    expect([mediaType, await textOf(pieces)]).toEqual(['application/pdf', '%PDF-1.4 协议']);
    const reads = await stage.sql<{ by: string }>(
      `select subject as by from personal_data_read where resource = 'plan' and fields = '{document}' and $1 = any(resource_ids)`,
      [id],
    );
    expect(reads).toEqual([{ by: 'regulator-1' }]);
    for (const stranger of [principal('agent', { agencyId: 'agency-b' }), principal('agent', { institutionId: 'bank-2' })])
      expect((await refusal(room.documents.open(stranger, id, 'r'))).code).toBe('not-found');
    expect((await refusal(room.documents.open(agent, 'no-uuid', 'r'))).code).toBe('not-found');
  });

  it('is not called what its bytes are not', async () => {
    const id = await room.approved(await room.newCase());
    await room.sign(id, '2026-11-21T15:00:00+08:00', { text: '<script>alert(1)</script>' });
    expect((await room.documents.open(agent, id, 'r')).mediaType).toBe('application/octet-stream');
  });
});

describe('a plan that is signed', () => {
  it('holds the debtor from that instant to the one at which an instalment is missed, whether or not a job has run', async () => {
    const caseId = await room.newCase();
    const id = await room.approved(caseId);
    expect(await room.verdictAt(caseId, '2026-11-21T15:00:00+08:00')).toBe('permitted');
    stage.now = '2026-11-21T16:00:00+08:00';
    const signed = await room.sign(id, '2026-11-21T15:30:00+08:00');
    // Due on 20 December, three days of grace.
    expect(signed).toMatchObject({
      state: 'active',
      evidence: 'signed-document',
      breaksAt: '2026-12-24T00:00:00+08:00',
      nextDueOn: '2026-12-20',
      graceDays: 3,
    });
    expect(await room.verdictAt(caseId, '2026-11-21T16:00:00+08:00')).toBe('plan-active');
    // At night the quiet hours refuse as well, until 8.
    expect(await room.verdictAt(caseId, '2026-12-23T23:59:59+08:00')).toBe('plan-active quiet-hours');
    expect(await room.verdictAt(caseId, '2026-12-24T00:00:00+08:00')).toBe('quiet-hours');
    expect(await room.verdictAt(caseId, '2026-12-24T08:00:00+08:00')).toBe('permitted');
    expect((await room.plans.find(agent, id, 'r')).state).toBe('active');
    await room.work.settleDue();
    expect(await room.plans.find(agent, id, 'r')).toMatchObject({ state: 'broken', brokenAt: '2026-12-24T00:00:00+08:00' });
    expect(await room.tasksOf(id)).toEqual(['approve-plan done', 'sign-plan done', 'follow-up-broken-plan open']);
    await Promise.all([room.work.settleDue(), room.work.settleDue()]);
    expect(await room.actionsOf(id)).toEqual(['plan-drafted', 'plan-proposed', 'plan-approved', 'plan-activated', 'plan-broken']);
  });

  it('refuses by the second, and permits at the instant, where no quiet hours stand beside it', async () => {
    // The debtor's midnight is noon in Shanghai; e-mail knows no quiet hours.
    const caseId = await room.newCase({ timeZone: 'America/New_York', contactPoint: 'a@example.com', contactChannel: 'email' });
    await room.active(caseId);
    const email = async (at: string) => {
      stage.now = at;
      const { verdict, reasons } = await stage.ask(caseId, { channel: 'email', mode: undefined as never, purpose: 'collect' });
      return [verdict, ...reasons.filter(({ severity }) => severity === 'block').map(({ ruleId }) => ruleId)];
    };
    expect(await email('2026-12-23T23:59:59-05:00')).toContain('plan-active');
    expect(await email('2026-12-24T00:00:00-05:00')).not.toContain('plan-active');
  });

  it('takes back what was permitted in every case of the debtor, and no permit is dated after it', async () => {
    const [first, second] = [await room.newCase({ debtorId: 'DY', debtId: 'LY1' }), await room.newCase({ debtorId: 'DY', debtId: 'LY2' })];
    const permits = await Promise.all([first, second].map((caseId) => stage.ask(caseId)));
    expect(permits.map(({ verdict }) => verdict)).toEqual(['permitted', 'permitted']);
    const id = await room.approved(first);
    const asks = Array.from({ length: 20 }, (_, n) => stage.ask(n % 2 === 0 ? first : second));
    const [, ...answers] = await Promise.all([room.sign(id, '2026-11-21T15:00:00+08:00'), ...asks]);
    const given = await stage.sql<{ open: boolean }>(
      `select revoked_at is null as open from contact where case_id = any($1) and institution_id = $2`,
      [[first, second], BANK],
    );
    // Whatever was permitted before it, in time for the two or among the twenty, and nothing since.
    expect(given).toHaveLength(2 + answers.filter(({ verdict }) => verdict === 'permitted').length);
    expect(given.filter(({ open }) => open)).toEqual([]);
    expect((await stage.ask(second)).reasons.map(({ ruleId }) => ruleId)).toContain('plan-active');
  });

  it('is signed once for a key; the hold is one; a paper that came in vain does not stay', async () => {
    const caseId = await room.newCase();
    const id = await room.approved(caseId);
    const [one, two] = await Promise.all([1, 2].map(() => room.sign(id, '2026-11-21T15:00:00+08:00', { key: 'sign-1' })));
    expect(one?.activatedAt).toBe(two?.activatedAt);
    expect(
      await stage.sql(
        `select h.id from hold h join debtor d on d.id = h.debtor join collection_case c on c.debtor = d.id where c.case_id = $1`,
        [caseId],
      ),
    ).toHaveLength(1);
    expect((await refusal(room.sign(id, '2026-11-21T15:00:00+08:00'))).code).toBe('plan-state');
    const kept = await stage.sql(`select u.id from upload u join plan p on p.upload = u.id where p.id = $1`, [id]);
    expect(kept).toHaveLength(1);
    expect(
      await stage.sql(
        `select id from upload where file_name = 'agreement.pdf' and id not in (select upload from plan where upload is not null)`,
      ),
    ).toEqual([]);
  });

  it.each([
    ['2026-11-21T15:02:00+08:00', 'invalid'],
    ['2026-11-20T23:59:00+08:00', 'invalid'],
    ['tomorrow', 'invalid'],
  ])('was not agreed on at %s', async (agreedAt, code) => {
    expect((await refusal(room.sign(await room.approved(await room.newCase()), agreedAt))).code).toBe(code);
  });

  it('is not one that was overtaken: paid in part since, or its first day gone', async () => {
    const caseId = await room.newCase();
    const id = await room.approved(caseId);
    await stage.sql(`update collection_case set balance = 4000 where case_id = $1`, [caseId]);
    expect((await refusal(room.sign(id, '2026-11-21T15:00:00+08:00'))).code).toBe('plan-stale');
    const late = await room.approved(await room.newCase());
    stage.now = '2026-12-24T09:00:00+08:00';
    expect((await refusal(room.sign(late, '2026-12-20T09:00:00+08:00'))).code).toBe('plan-stale');
  });

  it('by word of mouth rests on a recording of the case, kept until the debt is cleared', async () => {
    const [caseId, other] = [await room.newCase(), await room.newCase()];
    const recordingOf = async (of: string, mark: number) => {
      const upload = await stage.uploads.keep(BANK, 'call.wav', [wav(1, mark)]);
      return room.recordings.take(agent, { caseId: of, kind: 'voice', recordedAt: '2026-11-21T14:00:00+08:00' }, upload, null);
    };
    const [own, foreign] = [await recordingOf(caseId, 1), await recordingOf(other, 2)];
    const id = await room.approved(caseId);
    const agree = (recordingId: string) =>
      room.documents.agreeOrally(asking(agent), id, { recordingId, agreedAt: '2026-11-21T14:00:00+08:00' });
    for (const wrong of ['none', foreign.id]) expect((await refusal(agree(wrong))).errors).toEqual(['/recordingId CC11 70']);
    expect(await agree(own.id)).toMatchObject({ state: 'active', evidence: 'oral-recording', recordingId: own.id });
    const [bound] = await stage.sql(
      `select c.case_id as "caseId" from recording r join collection_case c on c.id = r.until_cleared where r.id = $1`,
      [own.id],
    );
    expect(bound).toEqual({ caseId });
  });

  it('is replaced by another whose five years count from the first', async () => {
    const caseId = await room.newCase();
    const first = await room.active(caseId);
    stage.now = '2026-12-01T10:00:00+08:00';
    expect((await refusal(room.plans.draft(asking(agent), caseId, usualPlan))).code).toBe('plan-runs');
    const anew = { ...usualPlan, replaces: first, firstDueOn: '2027-01-20' };
    expect((await refusal(room.plans.draft(asking(agent), caseId, { ...anew, months: 60 }))).errors).toEqual(['/firstDueOn CC11 70']);
    const second = await room.active(caseId, { ...anew, months: 59 });
    expect(await room.plans.find(agent, first, 'r')).toMatchObject({ state: 'cancelled', endReason: 'replaced' });
    expect(await room.verdictAt(caseId, '2026-12-24T10:00:00+08:00')).toBe('plan-active');
    await room.agreements.cancel(asking(manager), second, { reason: '客户放弃' });
    expect(await room.verdictAt(caseId, '2026-12-24T10:00:01+08:00')).toBe('permitted');
  });

  it('ends with its cancellation, not with a release of its hold', async () => {
    const caseId = await room.newCase();
    const id = await room.active(caseId);
    stage.now = '2026-11-22T10:00:00+08:00';
    const [hold] = await stage.sql<{ id: string }>('select hold as id from plan where id = $1', [id]);
    const holds = new HoldSettingService(deskOf(stage), new RegisterStore(), actsOf(stage), stoppingOf(stage));
    expect((await refusal(holds.release(manager, hold?.id ?? '', { reason: '催收' }, null))).code).toBe('held-by-plan');
    await room.agreements.cancel(asking(manager, key('cancel-1')), id, { reason: '客户放弃' });
    expect(await room.agreements.cancel(asking(manager, key('cancel-1')), id, { reason: '客户放弃' })).toMatchObject({
      state: 'cancelled',
    });
    expect(await room.verdictAt(caseId, '2026-11-22T10:00:00+08:00')).toBe('permitted');
  });

  it('is seen and touched by the agency that has the case, and by no other', async () => {
    const caseId = await room.newCase({ agencyId: 'agency-a' });
    const [own, other] = ['agency-a', 'agency-b'].map((agencyId) => principal('agent', { agencyId, subject: agencyId }));
    if (!own || !other) throw new Error('no agencies');
    const { id } = await room.plans.draft(asking(own), caseId, usualPlan);
    for (const work of [
      room.plans.find(other, id, 'r'),
      room.plans.propose(asking(other), id),
      room.plans.revise(other, id, usualPlan, 'r'),
      room.plans.preview(other, caseId, usualPlan),
      room.plans.list(other, caseId, {}),
      room.payments.list(other, caseId, {}),
      room.sign(id, '2026-11-21T15:00:00+08:00', { by: other }),
    ])
      expect((await refusal(work)).code).toBe('not-found');
    expect((await room.plans.list(own, null, {})).items.map((plan) => plan.id)).toEqual([id]);
    expect((await room.plans.list(other, null, {})).items).toEqual([]);
  });
});
