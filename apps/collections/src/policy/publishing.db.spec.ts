import type { PackRow } from '#contact-rules';
import { inTransaction, type Tx } from '#pg';
import { PolicyRoom, refusal, second } from '../../testing/policy-room.ts';
import { BANK, Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: PolicyRoom;
beforeAll(async () => {
  stage = await Stage.open();
  room = new PolicyRoom(stage);
});
afterAll(() => stage.close());

describe('the gates and the publisher', () => {
  const waiting = async (mode: string): Promise<number> => {
    const { rows } = await adminQuery(
      `select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted and mode = $1 and database = (select oid from pg_database where datname = current_database())`,
      [mode],
    );
    return rows[0]?.count ?? 0;
  };
  const adminQuery = async (sql: string, values: unknown[]): Promise<{ rows: { count: number }[] }> => ({
    rows: await inTransaction(stage.source, { institutionId: BANK }, (tx) => tx.query(sql, values)),
  });
  const until = async (mode: string): Promise<void> => {
    for (let asked = 0; (await waiting(mode)) === 0; asked += 1) if (asked > 3000) throw new Error(`nobody waits for ${mode}`);
  };

  it('do not overtake each other: a gate in flight is waited for, and one that comes later finds the new version', async () => {
    // The seats of the counts are not what the two wait for.
    await stage.addCases([{ product: '竞争' }, { caseId: 'C2', debtorId: 'D2', contactPoint: '+8613800000002', product: '竞争' }]);
    const { id } = await room.submitted({ product: '竞争', adjust: { burst: { cap: 1 } } });
    const load = (tx: Tx, caseId: string) =>
      tx.query<{ batch: { now: string; found: { policyNumber: number | null }[] } }>(
        `select gate_load($1, (select json_agg(json_build_object('n', 0, 'case_id', $2::text, 'channels', array['voice']))), null, true) as batch`,
        [BANK, caseId],
      );
    // The database's own clock, as in production.
    const live = new PolicyRoom(Object.create(stage, { clock: { value: { override: null } } }) as Stage);
    const order: string[] = [];
    let approval: Promise<unknown> = Promise.resolve();
    let late: Promise<unknown> = Promise.resolve();
    const seen = await inTransaction(stage.source, { institutionId: BANK }, async (tx) => {
      const [first] = await load(tx, 'C1');
      approval = live.approve(id).then((draft) => order.push(`published ${draft.version}`));
      await until('ExclusiveLock');
      // It comes while the publisher waits: it stands behind it, and then reads its clock.
      late = inTransaction(stage.source, { institutionId: BANK }, (other) => load(other, 'C2')).then(([row]) => {
        order.push(`late ${row?.batch.found[0]?.policyNumber}`);
        return row?.batch.now;
      });
      await until('ShareLock');
      order.push('first ends');
      return first?.batch;
    });
    await approval;
    const lateNow = await late;
    const [version] = (await room.shown.list(second, { product: '竞争' })).items;
    expect(order.slice(0, 2)).toEqual(['first ends', `published ${version?.number}`]);
    expect(order[2]).toMatch(new RegExp(`^late (${version?.number}|null|\\d+)$`));
    const from = Date.parse(version?.effectiveFrom ?? '');
    expect(Date.parse(seen?.now ?? '')).toBeLessThan(from);
    expect(seen?.found[0]?.policyNumber).not.toBe(version?.number);
    // Whoever reads the clock at or after the beginning judges by the new version, and nobody before it.
    const lateNumber = Number(order[2]?.split(' ')[1]);
    expect(lateNumber === version?.number).toBe(Date.parse(String(lateNow)) >= from);
  });

  it('a gate that hangs does not hold up the others for long: the publisher gives way', async () => {
    const { id } = await room.submitted({ product: '让路' });
    const refused = await inTransaction(stage.source, { institutionId: BANK }, async (tx) => {
      await tx.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 7))', [BANK]);
      return refusal(room.approve(id));
    });
    expect(refused.kind).toMatchObject({ code: 'unavailable', status: 503 });
    expect((await room.approve(id)).state).toBe('approved');
  });
});

describe('rows of an institution', () => {
  it('are judged as those of a pack, and their reasons say whose they are', async () => {
    const own: PackRow = {
      ruleId: 'own-two-calls',
      kind: 'counter',
      params: {
        channel: 'voice',
        mode: null,
        results: 'placed',
        seat: 'debtor',
        scope: 'all-actors',
        window: 'local-day',
        cap: 1,
        consent: null,
      },
      severity: 'block',
      source: 'own',
      article: '',
      grade: 'A',
      effectiveFrom: '2026-01-01',
    };
    await stage.addCases([{ caseId: 'C9', debtorId: 'D9', product: '自设', contactPoint: '+8613800000099' }]);
    const { id } = await room.submitted({ product: '自设', rules: [own as never] });
    const { version } = await room.approve(id);
    stage.now = '2026-11-21T16:00:00+08:00';
    expect((await stage.ask('C9')).verdict).toBe('permitted');
    const refused = await stage.ask('C9');
    expect(refused).toMatchObject({ verdict: 'refused', packs: [{ pack: 'cn-card' }, { pack: 'institution', version }] });
    expect(refused.reasons.map(({ ruleId, pack }) => [ruleId, pack])).toContainEqual(['own-two-calls', 'institution']);
    expect((await stage.outcomes.replay(second, refused.id, 'en')).identical).toBe(true);
  });
});
