import { createDataSource, inTransaction, migrate } from '#pg';
import { testDatabase } from '#testkit';
import { CreateLedger1795276800000 } from '../../migrations/1795276800000-create-ledger.ts';
import { CreateGate1795276800001 } from '../../migrations/1795276800001-create-gate.ts';
import { CreatePolicyVersions1795449600000 } from '../../migrations/1795449600000-create-policy-versions.ts';
import { PolicyService } from './policy.service.ts';
import { PolicyStore } from './policy.store.ts';

it('what an institution had set becomes its first version, in force since ever, and judges as it did', async () => {
  const db = await testDatabase('collections');
  const open = (migrations: Parameters<typeof createDataSource>[0]['migrations']) =>
    createDataSource({ url: db.ownerUrl, poolSize: 2, applicationName: 'takeover', migrations });
  const old = [CreateLedger1795276800000, CreateGate1795276800001];
  const before = await open(old);
  try {
    // As the first release left it.
    await before.query('drop schema public cascade');
    await before.query('create schema public');
    await migrate(before);
    await before.query(`insert into institution_policy (institution_id, packs, tenant_values) values
      ('bank-1', '{cn-card}', '{"burst": {"cap": 5}}'), ('bank-2', '{cn-card}', '{"burst": "off"}'), ('bank-3', '{cn-card}', '{}')`);
  } finally {
    await before.destroy();
  }
  const after = await open([...old, CreatePolicyVersions1795449600000]);
  try {
    expect(await migrate(after)).toEqual(['CreatePolicyVersions1795449600000']);
    const store = new PolicyStore();
    const policies = new PolicyService(store);
    const adjusted = { 'bank-1': { burst: { cap: 5 } }, 'bank-2': { burst: { off: true } }, 'bank-3': {} };
    for (const [institutionId, adjust] of Object.entries(adjusted)) {
      await inTransaction(after, { institutionId }, async (tx) => {
        expect(await policies.numberAt(tx, institutionId, '信用卡', new Date('1970-01-01T00:00:00Z'))).toBe(1);
        const version = await store.find(tx, institutionId, 1);
        expect(version).toMatchObject({ product: '', content: { packs: [{ pack: 'cn-card', version: 1 }], adjust, rules: [] } });
        // Its hash is that of the text that stands there.
        const [row] = await tx.query<{ same: boolean }>(
          `select sha256 = sha256(convert_to(content::text, 'UTF8')) as same from policy_version where institution_id = $1`,
          [institutionId],
        );
        expect(row?.same).toBe(true);
        const { policy } = await policies.inForce(tx, institutionId, 1);
        expect(policy.rules.some(({ ruleId }) => ruleId === 'burst')).toBe(institutionId !== 'bank-2');
      });
    }
    const [gate] = await after.query<{ text: string }[]>(`select pg_get_functiondef('gate_load'::regproc) as text`);
    expect(gate?.text).toMatch(/policy_number\(p_institution, c\.product, v_now\)/);
    expect(gate?.text).not.toContain('institution_policy');
  } finally {
    await after.destroy();
    await db.drop();
  }
});
