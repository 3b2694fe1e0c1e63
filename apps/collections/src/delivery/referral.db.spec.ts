import { sign } from '#sending';
import { DeliveryRoom } from '../../testing/delivery-room.ts';
import { EntrustmentRoom } from '../../testing/entrustment-room.ts';
import { principal, Stage } from '../../testing/stage.ts';
import { LetterPaper } from '../letter/letter.paper.ts';
import { LetterService } from '../letter/letter.service.ts';
import { LetterStore } from '../letter/letter.store.ts';
import { ReportService } from './report.service.ts';
import { ReportStore } from './report.store.ts';

const SECRET = 's'.repeat(32);
const NOW = '2026-11-21T15:00:00+08:00';
const manager = principal('collections-manager');
let stage: Stage;
let room: DeliveryRoom;
let entrustments: EntrustmentRoom;
let letters: LetterService;
let reports: ReportService;
let count = 0;

beforeAll(async () => {
  stage = await Stage.open();
  stage.now = NOW;
  room = new DeliveryRoom(stage);
  entrustments = new EntrustmentRoom(stage);
  const store = new LetterStore();
  letters = new LetterService(stage.source, stage.clock, store, new LetterPaper(store, room.settings, stage.vault), entrustments.acts);
  reports = new ReportService(stage.source, stage.clock, new ReportStore(), { deliveryReportSecrets: [SECRET] });
  await stage.addAgencies(['A01', 'A02']);
  await room.say();
  await room.template({
    templateId: 'notice',
    channel: 'sms',
    text: '{{debtorName}}您好，您的账户将委托外部机构联系您，详询{{bankContact}}。',
  });
  await room.template({ templateId: 'notice-letter', channel: 'letter', title: '委托告知函' });
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = NOW;
  await entrustments.settings.put(manager, { noticeHours: 0, fourEyesAbove: 100, pointStaleDays: 365 });
});

async function newCase(channel: 'sms' | 'letter' = 'sms', more: object = {}): Promise<string> {
  count += 1;
  const contactPoint = channel === 'sms' ? `+86138000${30_000 + count}` : `哈尔滨市南岗区${count}号`;
  await stage.addCases([
    { caseId: `N${count}`, debtorId: `DN${count}`, debtId: `LN${count}`, contactPoint, contactChannel: channel, ...more },
  ]);
  return `N${count}`;
}
const entrust = (caseId: string, agencyId = 'A01') => entrustments.entrusting.entrust(manager, caseId, { agencyId, reason: '逾期' }, null);
async function tell(caseId: string, { kind = 'referral-notice', partyId = 'P1', channel = 'sms' } = {}): Promise<string> {
  const body = {
    caseId,
    partyId,
    contactPointId: await stage.pointOf(caseId, partyId),
    channel: channel as 'sms',
    purpose: 'collect',
    templateId: channel === 'sms' ? 'notice' : 'notice-letter',
    kind: kind as 'message',
  } as const;
  const { delivery } = await room.deliveries.request(manager, body, null, 'zh');
  await room.work();
  return delivery.id;
}
async function report(id: string, state: 'delivered' | 'failed', at: string): Promise<void> {
  const given = [{ id, state, at }];
  const body = JSON.stringify(given);
  await reports.take(given, { ...sign(SECRET, body, stage.clock.override), body: Buffer.from(body) });
  await room.work();
}
const standing = async (caseId: string) =>
  (
    await stage.sql<{ agency: string | null; at: Date | null }>(
      'select agency_id as agency, referral_notice_at as at from collection_case where case_id = $1',
      [caseId],
    )
  )[0];
const toldOf = (caseId: string) =>
  stage.sql(
    `select a.subject as by, a.detail->>'agencyId' as agency from register_act a join collection_case c on c.id = a.collection_case where c.case_id = $1 and a.action = 'referral-told'`,
    [caseId],
  );
const delivered = '2026-11-21T14:59:30+08:00';

describe('a text that tells of the referral', () => {
  it('counts when its gateway says that it arrived, once, and the case goes to its agency', async () => {
    const caseId = await newCase();
    expect(await entrust(caseId)).toMatchObject({ state: 'awaiting-notice' });
    const id = await tell(caseId);
    expect(await standing(caseId)).toEqual({ agency: null, at: null });
    await report(id, 'delivered', delivered);
    expect(await standing(caseId)).toEqual({ agency: 'A01', at: new Date(delivered) });
    expect(await toldOf(caseId)).toEqual([{ by: 'system:delivery', agency: 'A01' }]);
    // By as many as like, as often as they like.
    await Promise.all([1, 2, 3].map(() => room.sender.advance('bank-1', id)));
    await report(id, 'delivered', '2026-11-21T14:59:50+08:00');
    expect(await toldOf(caseId)).toHaveLength(1);
    expect(await standing(caseId)).toEqual({ agency: 'A01', at: new Date(delivered) });
    expect(await stage.sql(`select kind from task where done_at is null and resource = $1`, [`case/${caseId}`])).toEqual([]);
    expect(await stage.sql(`select wake_at as wake, outcome_noted as noted from delivery where id = $1`, [id])).toEqual([
      { wake: null, noted: true },
    ]);
  });

  it('lets the hours of the institution run from when it arrived', async () => {
    await entrustments.settings.put(manager, { noticeHours: 48, fourEyesAbove: 100, pointStaleDays: 365 });
    const caseId = await newCase();
    await entrust(caseId);
    await report(await tell(caseId), 'delivered', delivered);
    expect(await entrustments.views.ofCase(manager, caseId)).toMatchObject({ agencyId: null, proposal: { state: 'awaiting-time' } });
    stage.now = '2026-11-23T14:59:30+08:00';
    await entrustments.service.completeReady();
    expect(await standing(caseId)).toEqual({ agency: 'A01', at: new Date(delivered) });
  });

  it('of which nothing is heard proves nothing, until its report comes', async () => {
    const caseId = await newCase();
    await entrust(caseId);
    const id = await tell(caseId);
    stage.now = '2026-11-22T15:30:00+08:00';
    await room.work();
    await room.work();
    // Its counters saw it delivered; nobody was told.
    expect(await stage.sql('select outcome, outcome_noted as noted from delivery where id = $1', [id])).toEqual([
      { outcome: 'delivered', noted: true },
    ]);
    expect(await standing(caseId)).toEqual({ agency: null, at: null });
    await report(id, 'delivered', delivered);
    expect(await standing(caseId)).toMatchObject({ agency: 'A01' });
  });

  it('that failed, is no notice, or went to somebody else tells nobody', async () => {
    const [failed, plain, other] = [await newCase(), await newCase(), await newCase()];
    await stage.addCases([
      {
        caseId: other,
        debtorId: `D${other}`,
        debtId: `L${other}`,
        partyId: 'P2',
        partyRole: 'guarantor',
        contactPoint: '+8613800039999',
        contactChannel: 'sms',
      },
    ]);
    for (const caseId of [failed, plain, other]) await entrust(caseId);
    await report(await tell(failed), 'failed', delivered);
    await report(await tell(plain, { kind: 'message' }), 'delivered', delivered);
    await report(await tell(other, { partyId: 'P2' }), 'delivered', delivered);
    for (const caseId of [failed, plain, other]) expect(await standing(caseId)).toEqual({ agency: null, at: null });
  });

  it('that was asked for before the case was to go to this agency is not of this referral', async () => {
    const [never, changed] = [await newCase(), await newCase()];
    const early = await tell(never);
    await entrust(changed, 'A02');
    const late = await tell(changed);
    stage.now = '2026-11-21T15:10:00+08:00';
    await stage.sql(`update entrustment_proposal set state = 'withdrawn', ended_at = $1, ended_by = 'x' where state = 'awaiting-notice'`, [
      '2026-11-21T15:10:00+08:00',
    ]);
    await entrust(never);
    await entrust(changed);
    await report(early, 'delivered', delivered);
    await report(late, 'delivered', delivered);
    for (const caseId of [never, changed]) expect(await standing(caseId)).toEqual({ agency: null, at: null });
  });

  it('is noted for an agency that has the case already, and never over what is noted', async () => {
    const [untold, told] = [await newCase('sms', { agencyId: 'A01' }), await newCase('sms', { agencyId: 'A01' })];
    await stage.sql(`update entrustment set from_at = '2026-11-01T00:00:00+08:00'`);
    const before = new Date('2026-11-02T00:00:00+08:00');
    await stage.sql('update collection_case set referral_notice_at = $2 where case_id = $1', [told, before]);
    await report(await tell(untold), 'delivered', delivered);
    await report(await tell(told), 'delivered', delivered);
    expect(await standing(untold)).toEqual({ agency: 'A01', at: new Date(delivered) });
    expect(await standing(told)).toEqual({ agency: 'A01', at: before });
    expect([await toldOf(untold), await toldOf(told)]).toEqual([[{ by: 'system:delivery', agency: 'A01' }], []]);
  });

  it('is asked for by the bank alone', async () => {
    const caseId = await newCase('sms', { agencyId: 'A01' });
    const body = {
      caseId,
      partyId: 'P1',
      contactPointId: await stage.pointOf(caseId),
      channel: 'sms',
      purpose: 'collect',
      kind: 'referral-notice',
    } as const;
    const own = principal('agency-supervisor', { agencyId: 'A01' });
    await expect(room.deliveries.request(own, { ...body, templateId: 'notice' }, null, 'zh')).rejects.toMatchObject({
      extras: { errors: [{ pointer: '/kind', source: 'CPR22' }] },
    });
  });
});

it('a letter counts when it is posted; one that came back before that was looked at does not', async () => {
  const [posted, back] = [await newCase('letter'), await newCase('letter')];
  const ids: string[] = [];
  for (const caseId of [posted, back]) {
    await entrust(caseId);
    ids.push(await tell(caseId, { channel: 'letter' }));
  }
  await letters.print(manager, { letterIds: ids }, null);
  await room.work();
  expect(await standing(posted)).toEqual({ agency: null, at: null });
  for (const id of ids) await letters.track(manager, id, { state: 'posted', trackingNo: 'RX1' }, null);
  await letters.track(manager, ids[1] ?? '', { state: 'returned' }, null);
  await room.work();
  expect(await standing(posted)).toEqual({ agency: 'A01', at: new Date(NOW) });
  expect(await standing(back)).toEqual({ agency: null, at: null });
});
