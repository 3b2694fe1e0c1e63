import { agencyOf, inspector, manager, OversightRoom } from '../../testing/oversight-room.ts';
import { Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: OversightRoom;
let made = 0;

beforeAll(async () => {
  stage = await Stage.open();
  room = new OversightRoom(stage);
});
beforeEach(() => {
  stage.now = '2026-11-29T10:00:00+08:00';
});
afterAll(() => stage.close());

async function agency(lastEvaluatedOn: string | null = '2026-09-01', contractTo: string | null = null): Promise<string> {
  made += 1;
  const agencyId = `k${made}`;
  await room.standing.agencyWithCase(agencyId);
  await room.standing.change(agencyId, { lastEvaluatedOn, contractFrom: '2020-01-01', contractTo });
  return agencyId;
}
const open = (agencyId: string) => room.openTasks(`agency/${agencyId}/evaluation`);

describe('an evaluation that is due', () => {
  it('is told of sixty days before, and suspends more than thirty days after, not a day earlier', async () => {
    // Due on 2027-03-01.
    const agencyId = await agency('2026-03-01');
    const at = async (instant: string) => {
      await room.pass(instant, 2);
      return [(await open(agencyId)).length, await room.statusOf(agencyId)];
    };
    expect(await at('2026-12-30T23:59:59+08:00')).toEqual([0, 'active']);
    expect(await at('2026-12-31T00:00:00+08:00')).toEqual([1, 'active']);
    const [task] = await stage.sql(`select due_at as due from task where resource = $1`, [`agency/${agencyId}/evaluation`]);
    expect(task).toEqual({ due: new Date('2027-03-02T00:00:00+08:00') });
    expect(await at('2027-03-01T23:59:59+08:00')).toEqual([1, 'active']);
    expect(await at('2027-03-31T23:59:59+08:00')).toEqual([1, 'active']);
    expect(await at('2027-04-01T00:00:00+08:00')).toEqual([1, 'suspended']);
    const acts = await room.standingActs(agencyId);
    expect(await at('2027-04-02T00:00:00+08:00')).toEqual([1, 'suspended']);
    expect(await room.standingActs(agencyId)).toEqual(acts);
    // Whoever evaluates it lets it work again.
    const { id } = await room.evaluations.draft(inspector, agencyId, {}, null);
    await room.confirmations.confirm(manager, id, null, null);
    expect([await open(agencyId), await room.statusOf(agencyId)]).toEqual([[], 'active']);
  });

  it('suspends at once when nobody looked for long after people were told, and not before they were', async () => {
    const told = await agency('2026-03-01');
    await room.pass('2027-02-01T09:00:00+08:00');
    // The second is registered while nobody looks; people hear of it now.
    const untold = await agency('2025-01-01');
    await room.pass('2027-05-01T09:00:00+08:00');
    expect(await Promise.all([told, untold].map((id) => room.statusOf(id)))).toEqual(['suspended', 'active']);
    await room.pass('2027-05-31T23:59:59+08:00');
    expect(await room.statusOf(untold)).toBe('active');
    await room.pass('2027-06-01T00:00:00+08:00');
    expect(await room.statusOf(untold)).toBe('suspended');
  });

  it('comes thirty days before the contract ends', async () => {
    const agencyId = await agency('2026-08-01', '2027-01-31');
    await room.pass('2026-11-29T12:00:00+08:00');
    const [task] = await stage.sql(`select detail->>'dueOn' as on, detail->>'cause' as cause from task where resource = $1`, [
      `agency/${agencyId}/evaluation`,
    ]);
    expect(task).toEqual({ on: '2027-01-01', cause: 'contract-end' });
  });

  it('only warns where the institution says so', async () => {
    const by = { ...inspector, institutionId: 'bank-6' };
    await stage.addAgencies(['w1'], 'bank-6');
    await stage.sql(`update agency set last_evaluated_on = '2025-01-01'`, [], 'bank-6');
    const { setBy: _by, setAt: _at, ...setting } = await room.settings.find(by);
    await room.settings.set(by, { ...setting, suspendWhenEvaluationOverdueDays: null, reason: '试行' });
    await room.pass('2026-12-01T09:00:00+08:00');
    await room.pass('2027-12-01T09:00:00+08:00');
    expect(await stage.sql(`select status from agency`, [], 'bank-6')).toEqual([{ status: 'active' }]);
  });
});

describe('a licence', () => {
  it('that has expired suspends from the day after its last, and a new one lets the agency work', async () => {
    const agencyId = await agency();
    await stage.sql(
      `insert into agency_profile (institution_id, agency_id, licence_until, private_sealed, written_by, written_at) values ('bank-1', $1, '2026-12-10', '', 'lin', now())`,
      [agencyId],
    );
    await room.pass('2026-12-10T23:59:59+08:00');
    expect(await room.statusOf(agencyId)).toBe('active');
    await room.pass('2026-12-11T00:00:00+08:00', 3);
    expect(await room.statusOf(agencyId)).toBe('suspended');
    await stage.sql(`update agency_profile set licence_until = '2027-12-10' where agency_id = $1`, [agencyId]);
    await room.pass('2026-12-12T00:00:00+08:00', 3);
    expect(await room.statusOf(agencyId)).toBe('active');
    expect((await room.standingActs(agencyId)).slice(-2)).toEqual(['suspended', 'active']);
  });
});

describe('a finding that is not rectified', () => {
  const late = async (severity: 'minor' | 'major' | 'critical') => {
    stage.now = '2026-11-29T10:00:00+08:00';
    const agencyId = await agency();
    const { findings } = await room.done(agencyId, [{ severity, dueOn: '2026-12-10' }]);
    return { agencyId, id: findings[0]?.id ?? '' };
  };
  const tasks = (id: string) => room.openTasks(`inspection-finding/${id}`);

  it('goes to a person on the day after, and suspends when the grace is over, not a day earlier', async () => {
    const { agencyId, id } = await late('major');
    await room.pass('2026-12-10T23:59:59+08:00');
    expect(await tasks(id)).toEqual(['rectify-finding']);
    await room.pass('2026-12-11T00:00:00+08:00', 3);
    expect(await tasks(id)).toEqual(['decide-late-rectification', 'rectify-finding']);
    await room.pass('2026-12-25T23:59:59+08:00', 2);
    expect(await room.statusOf(agencyId)).toBe('active');
    await room.pass('2026-12-26T00:00:00+08:00', 3);
    expect(await room.statusOf(agencyId)).toBe('suspended');
    await room.rectifications.report(agencyOf(agencyId), id, '已整改', null);
    expect(await tasks(id)).toEqual(['verify-rectification']);
    expect(await room.statusOf(agencyId)).toBe('suspended');
    await room.rectifications.judge(inspector, id, { verdict: 'accepted', note: '已核' }, null);
    expect(await room.statusOf(agencyId)).toBe('active');
    expect((await room.standingActs(agencyId)).slice(-2)).toEqual(['suspended', 'active']);
  });

  it('waits for the bank while the agency’s report does', async () => {
    const { agencyId, id } = await late('critical');
    stage.now = '2026-12-10T20:00:00+08:00';
    await room.rectifications.report(agencyOf(agencyId), id, '已整改', null);
    await room.pass('2027-02-01T09:00:00+08:00');
    expect([await room.statusOf(agencyId), await tasks(id)]).toEqual(['active', ['verify-rectification']]);
    // Sent back without a new day it is late at once, and beyond the grace.
    await room.rectifications.judge(inspector, id, { verdict: 'rejected', note: '不足' }, null);
    await room.pass('2027-02-01T10:00:00+08:00');
    expect(await room.statusOf(agencyId)).toBe('suspended');
  });

  it('suspends by its severity: a minor one never', async () => {
    const [minor, critical] = [await late('minor'), await late('critical')];
    await room.pass('2026-12-15T23:59:59+08:00');
    expect(await room.statusOf(critical.agencyId)).toBe('active');
    await room.pass('2026-12-16T00:00:00+08:00');
    expect(await Promise.all([minor, critical].map(({ agencyId }) => room.statusOf(agencyId)))).toEqual(['active', 'suspended']);
    await room.pass('2027-06-01T00:00:00+08:00');
    expect(await room.statusOf(minor.agencyId)).not.toBe(undefined);
  });

  it('lets the agency work only when nothing else suspends it', async () => {
    const { agencyId, id } = await late('critical');
    const second = await room.done(agencyId, [{ severity: 'critical', dueOn: '2026-12-12' }]);
    await room.pass('2026-12-20T00:00:00+08:00');
    for (const finding of [id, second.findings[0]?.id ?? '']) {
      expect(await room.statusOf(agencyId)).toBe('suspended');
      await room.rectifications.report(agencyOf(agencyId), finding, '已整改', null);
      await room.rectifications.judge(inspector, finding, { verdict: 'accepted', note: '已核' }, null);
    }
    expect(await room.statusOf(agencyId)).toBe('active');
  });
});
