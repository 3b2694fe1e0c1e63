import { AgencyRoom, keyed, manager, ofAgency, refusalOf } from '../../testing/agency-room.ts';
import { principal, Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: AgencyRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new AgencyRoom(stage);
  for (const agencyId of ['N1', 'N2']) await room.atWork(agencyId);
  await stage.addCases(['C1', 'C2'].map((caseId, n) => ({ caseId, debtorId: `D${n}`, contactPoint: `+8613800000${n}01`, agencyId: 'N1' })));
});
afterAll(() => stage.close());

const command = (collectorId: string, agencyId = 'N1') => ({ agencyId, collectorId, idempotency: null, requestId: 'r' });
const reason = { reason: '核查' };
const certificate = { number: 'Z-1', issuer: '演示协会', validFrom: '2026-01-01', validTo: '2027-06-30' };
const agent = principal('agent', { agencyId: 'N1' });
const ask = (caseId: string, collectorId: string) =>
  stage.gate.ask(
    agent,
    { ...everything, caseId, collectorIds: [collectorId], deviceId: `t-N1-${collectorId}`, contactPointId: points[caseId] ?? '' },
    null,
    'en',
  );
const everything = { partyId: 'P1', channel: 'voice', mode: 'interactive', purpose: 'collect' } as const;
let points: Record<string, string>;
beforeAll(async () => {
  points = { C1: await stage.pointOf('C1'), C2: await stage.pointOf('C2') };
});
const unfitFor = async (caseId: string, collectorId: string): Promise<string[]> =>
  (await ask(caseId, collectorId)).reasons.filter(({ severity }) => severity === 'block').map(({ ruleId }) => ruleId);

describe('a collector', () => {
  it('that the agency registers is fit when the bank has checked who it is and seen the certificate', async () => {
    const own = ofAgency('N1');
    await room.staff.register(
      own,
      { collectorId: 'k1', name: '孙小红', idNumber: '230100199001011234', employer: '演示新源信用服务有限公司' },
      command('k1'),
    );
    const waiting = await room.certificates.add(own, certificate, command('k1'));
    expect(waiting).toMatchObject({ fit: false, unfit: ['identity-unchecked', 'certificate-unconfirmed'], idNumber: '230*************34' });
    expect(await refusalOf(room.certificates.checkIdentity(own, { how: 'video' }, command('k1')))).toBe('forbidden');
    const [offered] = waiting.certificates;
    expect(await refusalOf(room.certificates.confirm(own, offered?.id ?? '', command('k1')))).toBe('forbidden');
    expect(await room.openTasks('confirm-agency-certificate')).toMatchObject([
      { resource: `agency-certificate/${offered?.id}`, agencyId: 'N1' },
    ]);
    await room.certificates.confirm(manager, offered?.id ?? '', command('k1'));
    expect(await room.openTasks('confirm-agency-certificate')).toEqual([]);
    const fit = await room.certificates.checkIdentity(manager, { how: 'original-seen' }, command('k1'));
    expect(fit).toMatchObject({
      fit: true,
      certificateUntil: '2027-06-30',
      identity: { how: 'original-seen', by: 'collections-manager-1' },
    });
    const again = room.certificates.add(manager, certificate, command('k1'));
    expect(await refusalOf(again)).toBe('certificate-known /number');
  });

  it('whose name or number changes has to be checked anew; a change of the employer alone is only shown', async () => {
    await room.fitCollector('N1', 'k2');
    const same = await room.staff.write(ofAgency('N1'), { name: '王小明', employer: '演示劳务公司' }, command('k2'));
    expect(same).toMatchObject({ fit: true, gaps: ['other-employer', 'no-seat', 'training-due'] });
    const other = await room.staff.write(ofAgency('N1'), { name: '王大明' }, command('k2'));
    expect(other).toMatchObject({ fit: false, unfit: ['identity-unchecked'], identity: null });
  });

  it('who leaves loses seat, tools and open permits at once, and comes back only through the bank', async () => {
    await room.fitCollector('N1', 'k3');
    await room.staff.sit(manager, { seatId: 'S3' }, command('k3'));
    const { id } = await ask('C1', 'k3');
    expect((await room.staff.leave(ofAgency('N1'), reason, command('k3'))).active).toBe(false);
    const [permit] = await stage.sql<{ result: string | null; lapsed: Date | null }>(
      `select result, lapsed_at as lapsed from contact where attempt_id = $1`,
      [id],
    );
    expect(permit).toMatchObject({ lapsed: stage.clock.override });
    expect(await unfitFor('C2', 'k3')).toEqual(['collector-fit', 'device-registered']);
    expect(await stage.sql(`select from agency_seat where collector_id = 'k3' and until_at is null`)).toEqual([]);
    const back = await room.staff.register(ofAgency('N1'), { collectorId: 'k3', name: '王小明' }, command('k3'));
    expect(back).toMatchObject({ active: true, fit: false, unfit: ['identity-unchecked'] });
    expect(await refusalOf(room.staff.register(manager, { collectorId: 'k3', name: 'x' }, command('k3')))).toBe('staff-known /collectorId');
  });

  it('has a seat alone: of many who take it at once one has it; another’s agency has seats of its own', async () => {
    const people = ['p1', 'p2', 'p3', 'p4'];
    for (const collectorId of people) await room.staff.register(manager, { collectorId, name: '李四' }, command(collectorId));
    const race = await Promise.all(people.map((id) => refusalOf(room.staff.sit(manager, { seatId: 'S1' }, command(id)))));
    expect(race.toSorted()).toEqual(['done', 'seat-taken /seatId', 'seat-taken /seatId', 'seat-taken /seatId']);
    expect(await stage.sql(`select from agency_seat where seat_id = 'S1' and until_at is null`)).toHaveLength(1);
    expect(await room.staff.sit(manager, { seatId: 'S1' }, command('w1', 'N2'))).toMatchObject({ seat: { seatId: 'S1' } });
    // Also where somebody writes past the service.
    const past = stage.sql(
      `insert into agency_seat (institution_id, agency_id, seat_id, collector_id, from_at, bound_by) values ('bank-1', 'N1', 'S1', 'k2', now(), 'x')`,
    );
    await expect(past).rejects.toThrow('agency_seat_taken');
  });

  it('is registered once by one key, in the agency’s own register alone', async () => {
    const body = { collectorId: 'once', name: '周六' };
    const once = () => room.staff.register(manager, body, { agencyId: 'N1', idempotency: keyed('s1', body), requestId: 'r' });
    await Promise.all([once(), once(), once()]);
    expect(await stage.sql(`select from register_act where action = 'agency-staff' and detail->>'collectorId' = 'once'`)).toHaveLength(1);
    expect(await refusalOf(room.staff.register(ofAgency('N2'), { collectorId: 'x', name: 'x' }, command('x')))).toBe('not-found');
    expect(await refusalOf(room.staff.list(ofAgency('N2'), 'N1', {}, 'r'))).toBe('not-found');
    expect(await refusalOf(room.staff.list(principal('compliance', { institutionId: 'bank-2' }), 'N1', {}, 'r'))).toBe('not-found');
    const masked = await room.staff.list(principal('regulator'), 'N1', { limit: 1 }, 'r5');
    expect(masked).toMatchObject({ items: [{ collectorId: 'k1', name: '孙**' }] });
    expect(await stage.sql(`select from personal_data_read where request_id = 'r5'`)).toEqual([]);
  });

  it('whose certificate is revoked is unfit at once', async () => {
    const { certificates } = await room.fitCollector('N1', 'k4');
    const revoked = await room.certificates.revoke(manager, certificates[0]?.id ?? '', reason, command('k4'));
    expect(revoked).toMatchObject({ fit: false, unfit: ['no-certificate'], certificateUntil: null });
    expect(await unfitFor('C2', 'k4')).toEqual(['collector-fit']);
  });
});
