import { Refusal } from '#problem';
import { AllocationRoom, manager } from '../../testing/allocation-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import type { AllocationSummary, RunSummary } from './rule.ts';

let stage: Stage;
let room: AllocationRoom;
const second = principal('compliance');
const TARGETS = [
  { agencyId: 'A01', weight: 3 },
  { agencyId: 'A02', weight: 1 },
];

beforeEach(async () => {
  stage = await Stage.open();
  stage.now = '2026-11-21T15:00:00+08:00';
  room = new AllocationRoom(stage);
  await stage.addAgencies(['A01', 'A02']);
  await stage.addCases(
    Array.from({ length: 20 }, (_, n) => ({
      caseId: `C${String(n).padStart(2, '0')}`,
      debtorId: `D${n}`,
      contactPoint: `+86138000000${String(n).padStart(2, '0')}`,
      balance: `${1000 + n}.00`,
      region: n < 10 ? '230100' : '310000',
    })),
  );
});
afterEach(() => stage.close());

async function code(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Refusal) return error.kind.code;
    throw error;
  }
}
const summaryOf = (view: { summary: object | null }) => view.summary as AllocationSummary;
const outcomes = () =>
  stage.sql(`select agency_id as agency, state, count(*)::integer as n from entrustment_proposal group by 1, 2 order by 1, 2`);

describe('a rule', () => {
  it('tried moves nothing, says who would get what, and says the same again', async () => {
    const one = await room.simulate({ targets: TARGETS });
    expect(one.state).toBe('done');
    expect(summaryOf(one)).toMatchObject({
      matched: 20,
      assigned: 20,
      agencies: [
        { agencyId: 'A01', cases: 15 },
        { agencyId: 'A02', cases: 5 },
      ],
      before: { open: 20, outside: 0 },
      after: { open: 20, outside: 20 },
    });
    expect(await outcomes()).toEqual([]);
    const other = await room.simulate({ targets: TARGETS });
    const lines = async (id: string) => (await room.service.lines(manager, id, { limit: 100 })).items;
    expect(await lines(other.id)).toEqual(await lines(one.id));
    expect([one.ruleVersion, other.ruleVersion]).toEqual([1, 2]);
  });

  it('takes what its filter says; what is held, gone or too much stays, and says why', async () => {
    await stage.sql(
      `insert into hold (institution_id, debtor, kind, from_at) select $1, debtor, 'plan-active', '2026-11-01' from collection_case where case_id = 'C00'`,
      [BANK],
    );
    await stage.sql(`update collection_case set agency_id = 'A02' where case_id = 'C01'`);
    await room.entrustments.settings.setCapacity(manager, 'A01', 2, null);
    const view = await room.simulate({ targets: [{ agencyId: 'A01', weight: 1 }], regions: ['2301'] });
    expect(summaryOf(view)).toMatchObject({
      matched: 10,
      assigned: 2,
      stays: [
        { why: 'no-capacity', cases: 6 },
        { why: 'already-entrusted', cases: 1 },
        { why: 'held', cases: 1 },
      ],
    });
    expect((await room.service.lines(manager, view.id, { stays: 'held' })).items.map(({ caseId }) => caseId)).toEqual(['C00']);
    const limited = await room.simulate({ targets: [{ agencyId: 'A02', weight: 1 }], maxShareNumber: 50 });
    expect(summaryOf(limited)).toMatchObject({ assigned: 9, after: { open: 20, outside: 10 } });
    await stage.sql(`update agency set status = 'suspended' where agency_id = 'A01'`);
    const none = await room.simulate({ targets: [{ agencyId: 'A01', weight: 1 }] });
    expect(summaryOf(none)).toMatchObject({ assigned: 0, agencies: [{ blocks: ['agency-standing: suspended'] }] });
    expect(summaryOf(await room.simulate({ targets: [{ agencyId: 'A02', weight: 1 }], minScore: 60 }))).toMatchObject({ assigned: 0 });
  });

  it('that contradicts itself is refused', async () => {
    expect(await code(room.simulate({ targets: [...TARGETS, { agencyId: 'A01', weight: 1 }] }))).toBe('invalid');
    expect(await code(room.simulate({ targets: TARGETS, balanceFrom: '10', balanceTo: '5' }))).toBe('invalid');
  });
});

describe('carrying out', () => {
  it('does exactly what was simulated, once; what changed since is left out and said', async () => {
    const { id } = await room.simulate({ targets: TARGETS });
    await stage.sql(`update collection_case set balance = 1 where case_id = 'C03'`);
    await stage.sql(`update collection_case set state = 'paid' where case_id = 'C04'`);
    await stage.sql(
      `insert into hold (institution_id, debtor, kind, from_at) select $1, debtor, 'objection-open', '2026-11-01' from collection_case where case_id = 'C05'`,
      [BANK],
    );
    await room.orders.order(manager, id, '季度分案', null);
    const done = await room.carryOut(id);
    await room.carryOut(id);
    expect(done.run).toMatchObject({ state: 'done', progress: { done: 20, total: 20 } });
    expect(done.run?.summary as RunSummary).toEqual({
      entrusted: 0,
      waiting: 17,
      skipped: 3,
      reasons: [
        { reason: 'changed', cases: 2 },
        { reason: 'held', cases: 1 },
      ],
    });
    const lines = (await room.service.lines(manager, id, { limit: 100 })).items;
    const waits = await stage.sql<{ caseId: string; agencyId: string }>(
      `select c.case_id as "caseId", p.agency_id as "agencyId" from entrustment_proposal p join collection_case c on c.id = p.collection_case`,
    );
    for (const { caseId, agencyId } of waits) expect(lines.find((line) => line.caseId === caseId)?.agencyId).toBe(agencyId);
    expect(await stage.sql(`select kind, resource from task where done_at is null`)).toEqual([
      { kind: 'give-referral-notice', resource: `allocation/${id}` },
    ]);
    expect(await room.orders.tellAll(manager, id, { toldAt: '2026-11-21T10:00:00+08:00', evidence: '短信批次 9' })).toEqual({ told: 17 });
    await room.entrustments.service.completeReady();
    expect(await outcomes()).toEqual([
      { agency: 'A01', state: 'entrusted', n: expect.any(Number) },
      { agency: 'A02', state: 'entrusted', n: expect.any(Number) },
    ]);
    expect(
      await stage.sql('select count(*)::integer as n from entrustment where allocation = $1 and begun_cause = $2', [id, 'allocation']),
    ).toEqual([{ n: 17 }]);
  });

  it('needs a second person when it is large, also when many press at once', async () => {
    await room.entrustments.settings.put(manager, { noticeHours: 0, fourEyesAbove: 10, pointStaleDays: 365 });
    const { id, needsApproval } = await room.simulate({ targets: TARGETS });
    expect(needsApproval).toBe(true);
    const asked = await Promise.all([1, 2, 3].map(() => code(room.orders.order(manager, id, '分案', null))));
    expect(asked.toSorted()).toEqual(['already-ordered', 'already-ordered', 'done']);
    expect((await room.carryOut(id)).run?.state).toBe('awaiting-approval');
    expect(await code(room.orders.approve(manager, id, null))).toBe('own-allocation');
    const decided = await Promise.all([
      code(room.orders.approve(second, id, null)),
      code(room.orders.reject(second, id, '份额过高', null)),
    ]);
    expect(decided.filter((one) => one === 'done')).toHaveLength(1);
    expect(decided).toContain('already-decided');
  });

  it('in two workers at once entrusts each case once', async () => {
    const { id } = await room.simulate({ targets: TARGETS });
    await room.orders.order(manager, id, '分案', null);
    await Promise.all([room.carryOut(id), room.carryOut(id)]);
    await room.carryOut(id);
    const rows = await stage.sql<{ n: number }>('select count(*)::integer as n from entrustment_proposal group by collection_case');
    expect(rows.map(({ n }) => n)).toEqual(Array(20).fill(1));
  });

  it('is the institution’s alone', async () => {
    const { id } = await room.simulate({ targets: TARGETS });
    expect(await code(room.service.find(principal('collections-manager', { institutionId: 'bank-2' }), id))).toBe('not-found');
    expect(await code(room.service.find(principal('collections-manager', { agencyId: 'A01' }), id))).toBe('forbidden');
  });
});
