import { inTransaction } from '#pg';
import { AgencyRoom, compliance, keyed, manager, ofAgency, refusalOf } from '../../testing/agency-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: AgencyRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new AgencyRoom(stage);
  for (const agencyId of ['N1', 'N2']) await room.atWork(agencyId);
  await log('N1', ['w1'], 't-N1-w1', 3);
  await log('N1', ['ghost'], 't-N1-w1', 2);
  await log('N1', ['w1'], 't-N1-w1', 1, '2026-11-20T15:59:59Z');
  await log('N1', ['ghost'], 't-N1-w1', 4, '2026-11-20T16:00:00Z');
  await stage.addCases([{ caseId: 'C1', agencyId: 'N1' }]);
});
afterAll(() => stage.close());

let logged = 0;
async function log(agencyId: string, collectorIds: string[], deviceId: string, times: number, at = '2026-11-20T02:00:00Z'): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    logged += 1;
    await stage.sql(
      `insert into contact (institution_id, attempt_id, debtor_id, value_index, channel, initiator, agency_id, collector_ids, device_id, at, result, time_zone)
       values ('${BANK}', $1, 'D', '', 'voice', 'us', $2, $3, $4, $5, 'no-answer', 'Asia/Shanghai')`,
      [`L${logged}`, agencyId, collectorIds, deviceId, at],
    );
  }
}
const look = (day: string) =>
  inTransaction(stage.source, { institutionId: BANK }, (tx) => room.findings.look(tx, BANK, day, stage.clock.override));
const listed = async (more: object = {}) =>
  (await room.findings.list(compliance, more)).items.map((one) => [one.agencyId, one.kind, one.about, one.seen].join(' ')).toSorted();

describe('what points at sub-contracting', () => {
  it('is found from the contacts of the local day, once, however often and by however many it is looked for', async () => {
    const opened = await Promise.all([look('2026-11-20'), look('2026-11-20'), look('2026-11-20')]);
    expect(opened.toSorted()).toEqual([0, 0, 2]);
    expect(await listed()).toEqual(['N1 device-many-collectors t-N1-w1 6', 'N1 unknown-collector ghost 2']);
    expect(await room.openTasks('judge-agency-finding')).toMatchObject([{ agencyId: null }, { agencyId: null }]);
    const [found] = (await room.findings.list(compliance, { kind: 'device-many-collectors' })).items;
    expect(found?.evidence).toMatchObject([
      { day: '2026-11-20', collectorIds: ['ghost', 'w1'], deviceIds: ['t-N1-w1'], from: '2026-11-20T10:00:00+08:00' },
    ]);
    // A day later it is the same finding, seen longer.
    expect(await look('2026-11-21')).toBe(0);
    expect(await listed({ kind: 'unknown-collector' })).toEqual(['N1 unknown-collector ghost 6']);
  });

  it('is found as well from what was asked for and refused', async () => {
    await stage.ask('C1', { collectorIds: ['stranger'], deviceId: 't-N1-w1' }, principal('agent', { agencyId: 'N1' }));
    const check = await room.findings.check(manager, null, keyed('c1', {}));
    expect(check).toMatchObject({ day: '2026-11-21', open: expect.any(Number) });
    expect(await listed()).toContain('N1 unknown-collector stranger 1');
    expect(await refusalOf(room.findings.check(manager, '2026-11-22', null))).toBe('invalid /day');
  });

  it('is a tool that a second agency registers, at once', async () => {
    const own = ofAgency('N2');
    const shown = await room.devices.register(
      own,
      { deviceId: 't-x', kind: 'phone', collectorId: 'w1' },
      { agencyId: 'N2', idempotency: null },
    );
    expect(shown.elsewhere).toBe(false);
    await room.devices.register(
      ofAgency('N1'),
      { deviceId: 't-x', kind: 'phone', collectorId: 'w1' },
      { agencyId: 'N1', idempotency: null },
    );
    expect(await listed({ kind: 'device-two-agencies' })).toContain('N2 device-two-agencies t-x 1');
    expect((await room.devices.list(manager, 'N2', {})).items.find(({ deviceId }) => deviceId === 't-x')?.elsewhere).toBe(true);
    expect((await room.devices.list(own, 'N2', {})).items.some(({ elsewhere }) => elsewhere)).toBe(false);
  });

  it('is judged once by a person of the bank; on the same grounds it is not found again, on another day it is', async () => {
    const [ghost] = (await room.findings.list(compliance, { kind: 'unknown-collector', agencyId: 'N1' })).items.filter(
      ({ about }) => about === 'ghost',
    );
    const id = ghost?.id ?? '';
    const judge = (verdict: 'confirmed' | 'unfounded') => refusalOf(room.findings.judge(compliance, id, { verdict, reason: '查实' }, null));
    expect((await Promise.all([judge('confirmed'), judge('unfounded')])).toSorted()).toEqual(['done', 'finding-judged']);
    expect(await look('2026-11-20')).toBe(0);
    const [device] = (await room.findings.list(compliance, { kind: 'device-two-agencies', agencyId: 'N2' })).items;
    const body = { verdict: 'unfounded', reason: '共用号码已停' } as const;
    const once = () => room.findings.judge(compliance, device?.id ?? '', body, keyed('j1', body));
    expect((await Promise.all([once(), once()])).map(({ state }) => state)).toEqual(['unfounded', 'unfounded']);
    await log('N1', ['ghost'], 'other', 1, '2026-11-22T02:00:00Z');
    expect(await look('2026-11-22')).toBe(1);
    expect(await listed({ kind: 'unknown-collector', state: 'open' })).toContain('N1 unknown-collector ghost 1');
    const acts = await stage.sql(`select detail->>'kind' as kind from register_act where action = 'agency-finding-judged' order by 1`);
    expect(acts).toEqual([{ kind: 'device-two-agencies' }, { kind: 'unknown-collector' }]);
  });

  it('is not told to agencies, nor to another bank', async () => {
    const [first] = (await room.findings.list(compliance, {})).items;
    for (const work of [room.findings.list(ofAgency('N1'), {}), room.findings.find(ofAgency('N1'), first?.id ?? '')])
      expect(await refusalOf(work)).toBe('forbidden');
    const stranger = principal('compliance', { institutionId: 'bank-2' });
    expect((await room.findings.list(stranger, {})).items).toEqual([]);
    expect(await refusalOf(room.findings.judge(stranger, first?.id ?? '', { verdict: 'confirmed', reason: 'x' }, null))).toBe('not-found');
  });
});
