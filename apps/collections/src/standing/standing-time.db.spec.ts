import { principal, Stage } from '../../testing/stage.ts';
import { StandingRoom } from '../../testing/standing-room.ts';
import { StandingWork } from './standing.work.ts';

let stage: Stage;
let room: StandingRoom;
let work: StandingWork;

beforeAll(async () => {
  stage = await Stage.open();
  room = new StandingRoom(stage);
  work = new StandingWork({ standingEveryMs: 100 }, stage.source, room.standings, room.revocations, room.takeBacks);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

const agent = (agencyId: string) => principal('agent', { agencyId });
const supervisor = principal('compliance');
const blocks = async (caseId: string, agencyId: string): Promise<string[]> => {
  const answer = await stage.ask(caseId, {}, agent(agencyId));
  return answer.reasons.filter(({ severity }) => severity === 'block').map(({ ruleId }) => ruleId);
};
const pendingPermit = async (caseId: string, agencyId: string): Promise<string> => {
  const permit = await stage.ask(caseId, {}, agent(agencyId));
  expect(permit.verdict).toBe('permitted');
  // As one of a channel that takes longer: it is still open the next morning.
  await stage.sql(`update contact set lapses_at = lapses_at + interval '1 day' where id = $1`, [permit.id]);
  return permit.id;
};
const view = (id: string) => stage.outcomes.view(supervisor, id, 'en');
const history = (agencyId: string) =>
  stage.sql<{ at: Date; by: string; bars: string[] }>(
    `select at, set_by as by, bars from agency_standing where agency_id = $1 order by id`,
    [agencyId],
  );
const openTasks = (agencyId: string) =>
  stage.sql(`select id from task where resource = $1 and kind = 'take-back-case' and done_at is null`, [`agency/${agencyId}`]);

describe('a contract that ends', () => {
  it('refuses from local midnight on, whoever has looked; the work takes back what was permitted and keeps the right instant', async () => {
    const caseId = await room.agencyWithCase('T1');
    await room.change('T1', { contractFrom: '2026-01-01', contractTo: '2026-11-21' });
    const permit = await pendingPermit(caseId, 'T1');
    await work.turn();
    expect((await view(permit)).state).toBe('pending');
    // Three days later the worker is back.
    stage.now = '2026-11-22T08:00:00+08:00';
    expect(await blocks(caseId, 'T1')).toEqual(['agency-standing']);
    stage.now = '2026-11-22T14:00:00+08:00';
    await Promise.all([work.turn(), work.turn(), work.turn()]);
    await work.turn();
    expect(await view(permit)).toMatchObject({
      state: 'revoked',
      revocation: { at: '2026-11-22T14:00:00+08:00', reason: 'agency-barred' },
    });
    const midnight = new Date('2026-11-22T00:00:00+08:00');
    expect((await history('T1')).slice(2)).toEqual([{ at: midnight, by: 'system:standing', bars: ['contract-over'] }]);
    expect(await room.listed('T1')).toMatchObject([{ because: null }, { until: midnight, because: 'contract-over' }]);
    expect(await openTasks('T1')).toHaveLength(1);
    // It is prolonged: listed from then on, nothing is to be taken back.
    stage.now = '2026-11-24T09:00:00+08:00';
    await room.change('T1', { contractTo: '2027-11-21' });
    expect((await room.listed('T1')).at(-1)).toMatchObject({ from: new Date('2026-11-24T09:00:00+08:00'), until: null });
    expect(await openTasks('T1')).toHaveLength(0);
    expect(await blocks(caseId, 'T1')).toEqual([]);
  });

  it('may contact on its last day to the end, and one that begins may from its first midnight', async () => {
    const caseId = await room.agencyWithCase('T2');
    await room.change('T2', { contractFrom: '2026-11-23', contractTo: '2026-11-23' });
    expect(await blocks(caseId, 'T2')).toEqual(['agency-standing']);
    stage.now = '2026-11-23T08:00:00+08:00';
    expect(await blocks(caseId, 'T2')).toEqual([]);
    await work.turn();
    expect((await history('T2')).at(-1)).toEqual({ at: new Date('2026-11-23T00:00:00+08:00'), by: 'system:standing', bars: [] });
    stage.now = '2026-11-23T21:59:00+08:00';
    expect(await blocks(caseId, 'T2')).toEqual([]);
  });

  it('leaves agencies of other institutions and those that time does not touch alone', async () => {
    await room.agencyWithCase('T3');
    await stage.addAgencies(['T9'], 'bank-2');
    const before = await history('T3');
    await work.turn();
    expect(await history('T3')).toEqual(before);
    expect(await stage.sql(`select id from agency_standing where agency_id = 'T9'`, [], 'bank-2')).toEqual([]);
  });
});

describe('a certificate that is over', () => {
  it('refuses from the next day on; the work takes permits back, of that collector alone', async () => {
    const caseId = await room.agencyWithCase('T4');
    await stage.sql(
      `insert into agency_staff (institution_id, agency_id, collector_id, name_sealed, certificate_until, content_hash) values ('bank-1', 'T4', 'c2', '', '2026-11-21', '')`,
    );
    const mine = await pendingPermit(caseId, 'T4');
    const theirs = (await stage.ask(caseId, { collectorIds: ['c2'] }, agent('T4'))).id;
    await stage.sql(`update contact set lapses_at = lapses_at + interval '1 day' where id = $1`, [theirs]);
    await work.turn();
    expect((await view(theirs)).state).toBe('pending');
    stage.now = '2026-11-22T08:00:00+08:00';
    expect((await stage.ask(caseId, { collectorIds: ['c2'] }, agent('T4'))).reasons.map(({ ruleId }) => ruleId)).toContain('collector-fit');
    await Promise.all([work.turn(), work.turn()]);
    expect(await view(theirs)).toMatchObject({ state: 'revoked', revocation: { reason: 'certificate-over' } });
    expect((await view(mine)).revocation).toBeUndefined();
  });
});

describe('the task to take cases back', () => {
  it('is opened for cases that come to an agency that may not work them, and ends with the last open one', async () => {
    await room.agencyWithCase('T5');
    await stage.sql(`update collection_case set state = 'closed' where agency_id = 'T5'`);
    await room.change('T5', { status: 'suspended' });
    expect(await openTasks('T5')).toHaveLength(0);
    await stage.addCases([{ caseId: 'C-T5b', debtorId: 'D-T5b', debtId: 'L-T5b', contactPoint: '+8613899990001', agencyId: 'T5' }]);
    await work.turn();
    expect(await openTasks('T5')).toHaveLength(1);
    await stage.sql(`update collection_case set agency_id = null where case_id = 'C-T5b'`);
    await Promise.all([work.turn(), work.turn()]);
    expect(await openTasks('T5')).toHaveLength(0);
  });
});
