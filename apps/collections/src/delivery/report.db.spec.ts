import { sign, type DeliveryReport } from '#sending';
import { DeliveryRoom, temporary } from '../../testing/delivery-room.ts';
import { principal, Stage } from '../../testing/stage.ts';
import { ReportService } from './report.service.ts';
import { ReportStore } from './report.store.ts';

const SECRET = 's'.repeat(32);
let stage: Stage;
let room: DeliveryRoom;
let reports: ReportService;
let count = 0;

beforeAll(async () => {
  stage = await Stage.open();
  room = new DeliveryRoom(stage);
  await room.say();
  await room.template({ templateId: 'sms-1', channel: 'sms' });
  reports = new ReportService(stage.source, stage.clock, new ReportStore(), { deliveryReportSecrets: ['x'.repeat(32), SECRET] });
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

async function sent(): Promise<string> {
  count += 1;
  const caseId = `R${count}`;
  await stage.addCases([
    { caseId, debtorId: `DR${count}`, debtId: `LR${count}`, contactPoint: `+86138000${20_000 + count}`, contactChannel: 'sms' },
  ]);
  const body = {
    caseId,
    partyId: 'P1',
    contactPointId: await stage.pointOf(caseId),
    channel: 'sms',
    purpose: 'collect',
    templateId: 'sms-1',
  } as const;
  const { delivery } = await room.deliveries.request(principal('agent'), body, null, 'en');
  await room.work();
  return delivery.id;
}
const take = (given: readonly DeliveryReport[], { secret = SECRET, body = JSON.stringify(given) } = {}) => {
  const signed = sign(secret, body, stage.clock.override ?? new Date(0));
  return reports.take(given, { ...signed, body: Buffer.from(body) });
};
const at = (minute: number) => `2026-11-21T14:${String(minute).padStart(2, '0')}:00+08:00`;
const stateOf = async (id: string) => {
  const [row] = await stage.sql<{ state: string; code: string | null; result: string | null }>(
    'select d.state, d.code, c.result from delivery d join contact c on c.id = d.attempt where d.id = $1',
    [id],
  );
  return row;
};
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string } }) => error.kind?.code,
  );

describe('a delivery report', () => {
  it('says what came of a message, and the ledger of contacts hears it', async () => {
    const [good, bad] = [await sent(), await sent()];
    expect(
      await take([
        { id: good, state: 'delivered', at: at(59) },
        { id: bad, state: 'failed', at: at(59), code: 'UNDELIV' },
      ]),
    ).toEqual({
      taken: 2,
      unknown: [],
    });
    await room.work();
    expect(await stateOf(good)).toEqual({ state: 'delivered', code: null, result: 'delivered' });
    expect(await stateOf(bad)).toEqual({ state: 'failed', code: 'UNDELIV', result: 'failed' });
  });

  it('counts once however often it comes, and the latest counts in whatever order they come', async () => {
    const id = await sent();
    const [early, late] = [
      { id, state: 'failed', at: at(10), code: 'no 13800000001' },
      { id, state: 'delivered', at: at(20) },
    ] as const;
    await Promise.all([take([late]), take([early]), take([late, early]), take([early])]);
    expect(await stateOf(id)).toMatchObject({ state: 'delivered', code: null });
    expect(await stage.sql(`select state, code from delivery_event where delivery = $1 and by = 'gateway' order by at`, [id])).toEqual([
      { state: 'failed', code: null },
      { state: 'delivered', code: null },
    ]);
  });

  it('may be quicker than the answer to our own try, and then nothing is sent again', async () => {
    room.out.texts.length = 0;
    room.out.faults = [temporary(true)];
    const id = await sent();
    expect(await stateOf(id)).toMatchObject({ state: 'queued' });
    await take([{ id, state: 'delivered', at: at(59) }]);
    stage.now = '2026-11-21T15:10:00+08:00';
    await room.work();
    await room.work();
    expect(room.out.texts).toEqual([]);
    expect(await stateOf(id)).toMatchObject({ state: 'delivered', result: 'delivered' });
  });

  it('of a message that is not ours, or never went, changes nothing', async () => {
    const stranger = '0190f0a0-0000-7000-8000-000000000000';
    await stage.addCases([{ caseId: 'R0', debtorId: 'DR0', debtId: 'LR0', contactPoint: '+8613800019999', contactChannel: 'sms' }]);
    const point = await stage.pointOf('R0');
    const body = { caseId: 'R0', partyId: 'P1', contactPointId: point, channel: 'sms', purpose: 'collect', templateId: 'sms-1' } as const;
    const { delivery } = await room.deliveries.request(principal('agent'), body, null, 'en');
    expect(await take([stranger, 'x', delivery.id].map((id) => ({ id, state: 'delivered', at: at(1) }) as const))).toEqual({
      taken: 0,
      unknown: [stranger, 'x', delivery.id],
    });
    expect(await stateOf(delivery.id)).toMatchObject({ state: 'queued' });
  });

  it('is taken from nobody without a good signature of these bytes, and from nowhere to come', async () => {
    const given = [{ id: await sent(), state: 'delivered', at: at(59) }] as const;
    expect(await codeOf(take(given, { secret: 'y'.repeat(32) }))).toBe('unauthenticated');
    const signed = sign(SECRET, JSON.stringify(given), new Date('2026-11-21T14:54:00+08:00'));
    expect(await codeOf(reports.take(given, { ...signed, body: Buffer.from(JSON.stringify(given)) }))).toBe('unauthenticated');
    expect(await codeOf(reports.take(given, { timestamp: undefined, signature: undefined, body: null }))).toBe('unauthenticated');
    expect(await codeOf(take([{ ...given[0], at: '2026-11-21T15:06:00+08:00' }]))).toBe('invalid');
    const off = new ReportService(stage.source, stage.clock, new ReportStore(), { deliveryReportSecrets: [] });
    expect(await codeOf(off.take(given, { timestamp: '', signature: '', body: Buffer.from('') }))).toBe('not-found');
    expect(await stateOf(given[0].id)).toMatchObject({ state: 'sent' });
  });
});
