import { inTransaction } from '#pg';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { PolicyService } from './policy.service.ts';

let stage: Stage;
const policies = new PolicyService();
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const numberAt = (product: string | null, at: string, institutionId = BANK): Promise<number | null> =>
  inTransaction(stage.source, { institutionId }, (tx) => policies.numberAt(tx, institutionId, product, new Date(at)));

describe('the version in force', () => {
  beforeAll(async () => {
    await stage.publish({}, { from: '2026-01-01T00:00:00+08:00' });
    await stage.publish({ adjust: { burst: { cap: 2 } } }, { from: '2026-06-01T00:00:00+08:00' });
    await stage.publish({ adjust: { burst: { cap: 1 } } }, { from: '2026-03-01T00:00:00+08:00' });
    await stage.publish({ adjust: { burst: { off: true } } }, { from: '2026-04-01T00:00:00+08:00', product: '信用卡' });
    await stage.publish({ adjust: { burst: { cap: 5 } } }, { from: '2026-06-01T00:00:00+08:00' });
    await stage.publish({}, { from: '2026-01-01T00:00:00+08:00' }, 'bank-2');
  });

  it.each([
    [null, '2025-12-31T23:59:59.999+08:00', null],
    [null, '2026-01-01T00:00:00+08:00', 1],
    [null, '2026-02-28T23:59:59.999+08:00', 1],
    [null, '2026-03-01T00:00:00+08:00', 3],
    // Of two that begin at once the later decision holds.
    [null, '2026-06-01T00:00:00+08:00', 5],
    ['信用卡', '2026-03-31T23:59:59+08:00', 3],
    // A product's own version comes first, however old it is.
    ['信用卡', '2026-04-01T00:00:00+08:00', 4],
    ['信用卡', '2026-11-01T00:00:00+08:00', 4],
    ['车贷', '2026-11-01T00:00:00+08:00', 5],
  ])('for %s at %s is %s', async (product, at, number) => {
    expect(await numberAt(product, at)).toBe(number);
  });

  it('is that of the institution', async () => {
    expect(await numberAt(null, '2026-11-01T00:00:00+08:00', 'bank-2')).toBe(1);
    expect(await numberAt(null, '2026-11-01T00:00:00+08:00', 'bank-3')).toBeNull();
  });

  it('is not that of one that was recalled', async () => {
    await stage.publish({}, { from: '2027-01-01T00:00:00+08:00', product: '分期' });
    expect(await numberAt('分期', '2027-01-01T00:00:00+08:00')).toBe(6);
    await stage.sql(`update policy_version set recalled_at = '2026-12-01', recalled_by = 'b' where number = 6`);
    expect(await numberAt('分期', '2027-01-01T00:00:00+08:00')).toBe(5);
  });

  it('never changes', async () => {
    for (const change of [
      'delete from policy_version where number = 1',
      `update policy_version set note = 'x' where number = 1`,
      `update policy_version set recalled_at = null, recalled_by = null where number = 6`,
    ])
      await expect(stage.sql(change)).rejects.toThrow(/is not changed/);
    // Too late: it has begun.
    await expect(stage.sql(`update policy_version set recalled_at = '2026-12-01', recalled_by = 'b' where number = 1`)).rejects.toThrow(
      /violates check constraint/,
    );
  });
});

describe('PolicyService', () => {
  const inForce = (number: number | null) =>
    inTransaction(stage.source, { institutionId: BANK }, (tx) => policies.inForce(tx, BANK, number));
  const hasBurst = (rules: readonly { ruleId: string }[]): boolean => rules.some(({ ruleId }) => ruleId === 'burst');

  it('compiles a version once, with what the institution adjusts', async () => {
    const off = await inForce(4);
    expect(off.ref).toEqual({ packs: [{ pack: 'cn-card', version: 2 }], institution: 4 });
    expect(hasBurst(off.policy.rules)).toBe(false);
    expect(hasBurst((await inForce(1)).policy.rules)).toBe(true);
    expect((await inForce(4)).policy).toBe(off.policy);
  });

  it('judges by the newest cn-card where the institution decided nothing', async () => {
    const { ref } = await inForce(null);
    expect(ref).toEqual({ ...policies.refOf(['cn-card']), institution: null });
  });

  it('knows the references of decisions that are older than versions', async () => {
    const old = { packs: [{ pack: 'cn-card', version: 1 }], tenantValues: { burst: 'off' } } as const;
    const policy = await inTransaction(stage.source, { institutionId: BANK }, (tx) => policies.policyOf(tx, BANK, old));
    expect(hasBurst(policy.rules)).toBe(false);
    await expect(inForce(99)).rejects.toThrow('there is no policy version 99');
  });
});

describe('the gate', () => {
  it('judges by the version of the product of the case, and records its number', async () => {
    await stage.addCases([{ product: '车贷' }, { caseId: 'C2', debtorId: 'D2', product: '信用卡', contactPoint: '+8613800000002' }]);
    const { id: other } = await stage.ask('C1');
    const answers = [];
    for (let call = 0; call < 3; call += 1) answers.push(await stage.ask('C2'));
    const recorded = await stage.sql<{ policy: unknown }>(`select policy from decision where id = any($1) order by decided_at, id`, [
      [other, answers[0]?.id],
    ]);
    expect(recorded.map(({ policy }) => policy)).toEqual(
      [5, 4].map((institution) => ({ packs: [{ pack: 'cn-card', version: 2 }], institution })),
    );
    expect((await stage.outcomes.replay(principal('regulator'), other, 'en')).identical).toBe(true);
  });
});
