import { AgencyRoom, manager, ofAgency, refusalOf, usualContract } from '../../testing/agency-room.ts';
import { BANK, Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: AgencyRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new AgencyRoom(stage);
  for (const agencyId of ['N1', 'N2']) await room.atWork(agencyId);
});
afterAll(() => stage.close());

const command = (collectorId: string, agencyId = 'N1') => ({ agencyId, collectorId, idempotency: null, requestId: 'r' });
const { contractNo: _no, ...amendment } = usualContract;
const look = async (day: string): Promise<void> => {
  stage.now = `${day}T00:01:00+08:00`;
  await room.work.look(BANK, day);
};

describe('the day’s look at the agencies', () => {
  it('is begun once a day by one of many workers, for every institution', async () => {
    await Promise.all([room.work.begin(), room.work.begin(), room.work.begin()]);
    const sent = await stage.sql(`select payload from outbox where topic = 'agencies.day'`);
    expect(sent).toEqual([{ payload: expect.objectContaining({ day: '2026-11-21' }) }]);
  });

  it('asks for the renewal of what ends soon, due when it does, once; what is renewed is not asked for any more', async () => {
    await room.contracts.amend(manager, { agencyId: 'N1', contractNo: 'HT-1' }, { ...amendment, validTo: '2026-12-15' }, null);
    await room.document('N1', { kind: 'insurance', title: '保险', validUntil: '2026-12-01' });
    const short = { number: 'S-1', issuer: '演示协会', validFrom: '2026-01-01', validTo: '2026-12-10' };
    await room.staff.register(manager, { collectorId: 'k1', name: '张三' }, command('k1'));
    await room.certificates.checkIdentity(manager, { how: 'video' }, command('k1'));
    await room.certificates.add(manager, short, command('k1'));
    const attended = { subject: '合规', hours: '4', attendants: [{ collectorId: 'k1', result: 'passed' as const }] };
    await room.trainings.note(ofAgency('N1'), 'N1', { ...attended, heldOn: '2025-12-05' }, null);
    await look('2026-11-22');
    await look('2026-11-22');
    expect(await room.openTasks('renew-agency-contract')).toEqual([
      { resource: 'agency/N1', agencyId: 'N1', due: new Date('2026-12-16T00:00:00+08:00') },
    ]);
    expect(await room.openTasks('renew-agency-document')).toMatchObject([{ due: new Date('2026-12-02T00:00:00+08:00') }]);
    expect(await room.openTasks('renew-agency-certificate')).toMatchObject([{ resource: 'agency-staff/N1/k1' }]);
    expect(await room.openTasks('train-collector')).toMatchObject([{ resource: 'agency-staff/N1/k1' }]);
    await room.contracts.amend(manager, { agencyId: 'N1', contractNo: 'HT-1' }, amendment, null);
    await room.certificates.add(manager, { ...short, number: 'S-2', validTo: '2027-12-10' }, command('k1'));
    await room.trainings.note(ofAgency('N1'), 'N1', { ...attended, heldOn: '2026-11-22' }, null);
    await look('2026-11-23');
    for (const kind of ['renew-agency-contract', 'renew-agency-certificate', 'train-collector'])
      expect(await room.openTasks(kind)).toEqual([]);
    expect(await stage.sql(`select distinct done_by as by, outcome from task where kind = 'train-collector'`)).toEqual([
      { by: 'system:agencies', outcome: 'renewed' },
    ]);
  });

  it('suspends whose licence is over, follows the contract that comes next, and the certificate that begins', async () => {
    const next = { number: 'W-2', issuer: '演示协会', validFrom: '2027-11-01', validTo: '2028-12-31' };
    await room.certificates.add(manager, next, command('w1', 'N2'));
    await room.contract('N2', { contractNo: 'HT-2', validFrom: '2027-11-05', validTo: '2028-11-04' });
    const gate = async (): Promise<unknown> =>
      (
        await stage.sql(
          `select a.status, a.contract_from::text as "from", s.certificate_until::text as until from agency a join agency_staff s using (agency_id, institution_id)
           where agency_id = 'N2' and collector_id = 'w1'`,
        )
      )[0];
    expect(await gate()).toEqual({ status: 'active', from: '2026-11-01', until: '2027-12-31' });
    await look('2027-11-01');
    expect(await gate()).toEqual({ status: 'active', from: '2027-11-05', until: '2028-12-31' });
    await look('2031-01-01');
    expect(await gate()).toMatchObject({ status: 'suspended' });
    const acts = await stage.sql(
      `select distinct subject from register_act where resource = 'agency/N2' and subject like 'system:%' order by 1`,
    );
    expect(acts).toEqual([{ subject: 'system:contracts' }, { subject: 'system:licence' }]);
  });
});

describe('a training', () => {
  it('is of the agency’s own collectors, each once, and has been', async () => {
    const wrong = {
      heldOn: '2099-01-01',
      subject: 'x',
      hours: '0',
      attendants: ['w1', 'w1', 'nobody'].map((collectorId) => ({ collectorId, result: 'passed' as const })),
    };
    expect(await refusalOf(room.trainings.note(manager, 'N2', wrong, null))).toBe(
      'invalid /heldOn /hours /attendants/1/collectorId /attendants/2/collectorId',
    );
    expect(await refusalOf(room.trainings.note(ofAgency('N1'), 'N2', wrong, null))).toBe('not-found');
    const { items } = await room.trainings.list(ofAgency('N1'), 'N1', {});
    expect(items).toMatchObject([{ hours: '4.0', attendants: [{ collectorId: 'k1', result: 'passed' }] }, {}]);
  });
});
