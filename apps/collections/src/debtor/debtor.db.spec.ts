import { hashOf } from '#idempotency';
import { inTransaction } from '#pg';
import { Refusal } from '#problem';
import { stoppingOf } from '../../testing/entrustment-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { ActService } from '../act/act.service.ts';
import { ActStore } from '../act/act.store.ts';
import { ContactStore } from '../contact/contact.store.ts';
import { GateService } from '../contact/gate.service.ts';
import { GateStore } from '../contact/gate.store.ts';
import { LogImportStore } from '../import/log-import.store.ts';
import type { ContactRow } from '../import/log-rows.ts';
import { PolicyService } from '../policy/policy.service.ts';
import { TaskService } from '../task/task.service.ts';
import { TaskStore } from '../task/task.store.ts';
import { DebtorPens, DebtorService } from './debtor.service.ts';
import { DebtorChangeStore } from './debtor.store.ts';
import { Merging } from './merging.ts';
import { MergingStore } from './merging.store.ts';

let stage: Stage;
let debtors: DebtorService;
let merging: Merging;
let changes: DebtorChangeStore;
const NOW = '2026-11-21T15:00:00+08:00';
const manager = principal('collections-manager');
const second = principal('compliance');
const phone = (n: number): string => `+861380000000${n}`;

beforeEach(async () => {
  stage = await Stage.open();
  stage.now = NOW;
  changes = new DebtorChangeStore();
  merging = new Merging(changes, new MergingStore(), stage.clock, stage.vault, stoppingOf(stage));
  const pens = new DebtorPens(new ActService(new ActStore(), stage.vault), new TaskService(new TaskStore()), stage.vault);
  debtors = new DebtorService(stage.source, stage.clock, changes, merging, pens);
  await stage.addCases([
    { caseId: 'C1', debtorId: 'D1', contactPoint: phone(1) },
    { caseId: 'C2', debtorId: 'D2', debtId: 'L2', partyId: 'PX', contactPoint: phone(2) },
    { caseId: 'C3', debtorId: 'D3', debtId: 'L3', contactPoint: phone(3), idNumber: null },
  ]);
});
afterEach(() => stage.close());

const merge = (fromDebtorId = 'D2', intoDebtorId = 'D1') => ({ fromDebtorId, intoDebtorId, reason: '同一身份证', evidence: '证件影像 3' });
const split = (more: object = {}) => ({
  debtorId: 'D1',
  newDebtorId: 'D2',
  caseIds: ['C2'],
  reason: '合并错误',
  evidence: '证件影像 4',
  ...more,
});
async function mergeNow(from = 'D2', into = 'D1'): Promise<void> {
  const { id } = await debtors.proposeMerge(manager, merge(from, into), null);
  await debtors.approve(second, id, null);
}
async function splitNow(more: object = {}): Promise<void> {
  const { id } = await debtors.proposeSplit(manager, split(more), null);
  await debtors.approve(second, id, null);
}
async function code(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Refusal) return error.kind.code;
    throw error;
  }
}
const ask = async (caseId: string, gate = stage.gate, partyId = caseId === 'C2' ? 'PX' : 'P1') => {
  const answer = await gate.ask(principal('integration'), await stage.request(caseId, { partyId }), null, 'en');
  return [answer.verdict, ...answer.reasons.filter(({ severity }) => severity === 'block').map(({ ruleId }) => ruleId)];
};
const debtorOf = async (caseId: string) =>
  (
    await stage.sql<{ id: string }>('select debtor_id as id from debtor d join collection_case c on c.debtor = d.id where case_id = $1', [
      caseId,
    ])
  )[0]?.id;
const process = () => new GateService(stage.source, stage.clock, new GateStore(stage.vault), new ContactStore(), new PolicyService());
const log = (attemptId: string, debtorId: string, caseId: string | null): ContactRow =>
  ({
    row: 2,
    contactPoint: phone(9),
    debtId: null,
    deviceId: null,
    endedAt: null,
    log: {
      attemptId,
      caseId,
      debtorId,
      partyId: null,
      partyRole: 'debtor',
      channel: 'voice',
      mode: 'interactive',
      purpose: 'collect',
      initiator: 'us',
      agencyId: null,
      collectorIds: ['c1'],
      startedAt: Date.parse('2026-11-21T14:30:00+08:00'),
      result: 'no-answer',
      timeZone: 'Asia/Shanghai',
    },
  }) as unknown as ContactRow;
const importLog = (...rows: ContactRow[]) =>
  inTransaction(stage.source, { institutionId: BANK }, (tx) => new LogImportStore(stage.vault).store(tx, BANK, rows));

describe('two records that are one person', () => {
  it('count as one from the instant of the merge: three calls an hour, not six', async () => {
    expect(await ask('C1')).toEqual(['permitted']);
    expect(await ask('C2')).toEqual(['permitted']);
    await mergeNow();
    expect(await ask('C2')).toEqual(['permitted']);
    expect(await ask('C1')).toEqual(['refused', 'conversations-per-debtor', 'burst']);
    expect(await ask('C2')).toEqual(['refused', 'conversations-per-debtor', 'burst']);
    expect(await debtorOf('C2')).toBe('D1');
  });

  it('count as one for permits that were asked for while the merge was under way, in two processes', async () => {
    expect([await ask('C1'), await ask('C2')]).toEqual([['permitted'], ['permitted']]);
    const { id } = await debtors.proposeMerge(manager, merge(), null);
    const gates = [process(), process()];
    let asked: Promise<string[][]> = Promise.resolve([]);
    await inTransaction(stage.source, { institutionId: BANK }, async (tx) => {
      const change = await changes.lock(tx, BANK, id);
      if (change === null) throw new Error('the change is gone');
      await merging.carryOut(tx, BANK, change);
      asked = Promise.all(gates.flatMap((gate, n) => [1, 2, 3, 4].map(() => ask(n === 0 ? 'C1' : 'C2', gate))));
      // Both processes wait for a seat that the merge holds.
      for (let waiting = 0; waiting < 2;) {
        const [row] = await stage.sql<{ n: number }>(
          `select count(*)::integer as n from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
        );
        waiting = row?.n ?? 0;
      }
    });
    const verdicts = (await asked).map(([verdict]) => verdict);
    expect(verdicts.filter((verdict) => verdict === 'permitted')).toHaveLength(1);
    expect(await stage.sql(`select count(*)::integer as n from contact where debtor_id = 'D1'`)).toEqual([{ n: 3 }]);
  });

  it('have one set of holds and opt-outs, whoever sets them afterwards for the old record', async () => {
    const ids = await stage.sql<{ id: string }>(`select id from debtor order by debtor_id`);
    await stage.sql(
      `insert into opt_out (institution_id, debtor, party_id, channel, at, evidence) values ($1, $2, 'PX', 'voice', '2026-11-01', '录音')`,
      [BANK, ids[1]?.id],
    );
    await mergeNow();
    // The same person is PX in one case and P1 in the other.
    expect(await ask('C1')).toEqual(['refused', 'opt-out']);
    await stage.sql(`update opt_out set withdrawn_at = '2026-11-20'`);
    await stage.sql(`insert into hold (institution_id, debtor, kind, from_at) values ($1, $2, 'cease', '2026-11-01')`, [BANK, ids[1]?.id]);
    expect(await ask('C1')).toEqual(['refused', 'cease']);
  });

  it('stay one when a file or a log still names the old record', async () => {
    await mergeNow();
    await stage.addCases([{ caseId: 'C2', debtorId: 'D2', debtId: 'L2', partyId: 'PX', contactPoint: phone(2), balance: '1.00' }]);
    await stage.addCases([{ caseId: 'C4', debtorId: 'D2', debtId: 'L4', contactPoint: phone(4) }]);
    expect([await debtorOf('C2'), await debtorOf('C4')]).toEqual(['D1', 'D1']);
    expect(await importLog(log('a1', 'D2', null), log('a2', 'D2', 'C2'), log('a3', 'D3', null))).toMatchObject({ inserted: 3 });
    const rows = () => stage.sql(`select attempt_id as a, debtor_id as d, given_debtor_id as g from contact order by 1`);
    expect(await rows()).toEqual([
      { a: 'a1', d: 'D1', g: 'D2' },
      { a: 'a2', d: 'D1', g: 'D2' },
      { a: 'a3', d: 'D3', g: null },
    ]);
    expect(await importLog(log('a1', 'D2', null))).toMatchObject({ inserted: 0, unchanged: 1 });
  });

  it('decided before the merge, are decided the same again after it', async () => {
    await ask('C1');
    const [row] = await stage.sql<{ id: string; facts: unknown }>('select id, facts from decision');
    await mergeNow();
    expect(await stage.sql('select id, facts from decision')).toEqual([row]);
  });
});

describe('a record that two persons share', () => {
  it('is two again, each with what is theirs', async () => {
    await ask('C1');
    await ask('C2');
    await mergeNow();
    await importLog(log('a1', 'D2', null));
    await stage.sql(
      `insert into hold (institution_id, debtor, collection_case, kind, from_at) select $1, debtor, id, 'cease', '2026-11-01' from collection_case where case_id = 'C2'`,
      [BANK],
    );
    expect(await ask('C1')).toEqual(['refused', 'cease', 'burst']);
    await splitNow();
    expect([await debtorOf('C1'), await debtorOf('C2')]).toEqual(['D1', 'D2']);
    expect(await ask('C1')).toEqual(['permitted']);
    expect(await ask('C2')).toEqual(['refused', 'cease']);
    expect(await stage.sql(`select debtor_id as d, count(*)::integer as n from contact group by 1 order by 1`)).toEqual([
      { d: 'D1', n: 2 },
      { d: 'D2', n: 2 },
    ]);
    await stage.addCases([{ caseId: 'C4', debtorId: 'D2', debtId: 'L4', contactPoint: phone(4) }]);
    expect(await debtorOf('C4')).toBe('D2');
  });

  it('gives cases to a new record, which no file takes back; what stops contact and is nobody’s alone holds for both', async () => {
    await stage.addCases([{ caseId: 'C5', debtorId: 'D1', debtId: 'L5', contactPoint: phone(5) }]);
    await stage.sql(
      `insert into hold (institution_id, debtor, kind, from_at) select $1, id, 'legal-rep', '2026-11-01' from debtor where debtor_id = 'D1'`,
      [BANK],
    );
    const own = split({ newDebtorId: 'N1', caseIds: ['C5'] });
    expect(await code(debtors.proposeSplit(manager, own, null))).toBe('invalid');
    await splitNow({ newDebtorId: 'N1', caseIds: ['C5'], name: '李四', idNumber: '110101199001011237' });
    await stage.addCases([{ caseId: 'C5', debtorId: 'D1', debtId: 'L5', contactPoint: phone(5), balance: '7.00' }]);
    expect(await debtorOf('C5')).toBe('N1');
    expect(await ask('C5')).toEqual(['refused', 'legal-rep']);
    await importLog(log('a7', 'D1', 'C5'));
    expect(await stage.sql(`select debtor_id as d from contact where attempt_id = 'a7'`)).toEqual([{ d: 'N1' }]);
    const sealed = await stage.sql(`select id from debtor where debtor_id = 'N1' and encode(name_sealed, 'escape') like '%李%'`);
    expect(sealed).toEqual([]);
  });

  it('keeps something, and takes nobody else’s cases or record', async () => {
    expect(await code(debtors.proposeSplit(manager, split({ caseIds: ['C1'], newDebtorId: 'N1', name: 'x' }), null))).toBe('nothing-left');
    expect(await code(debtors.proposeSplit(manager, split({ caseIds: ['C3'], newDebtorId: 'N1', name: 'x' }), null))).toBe('invalid');
    expect(await code(debtors.proposeSplit(manager, split({ newDebtorId: 'D3' }), null))).toBe('record-taken');
  });
});

describe('a change', () => {
  it('is approved by somebody else, once, however many press', async () => {
    const { id } = await debtors.proposeMerge(manager, merge(), null);
    expect(await code(debtors.approve(manager, id, null))).toBe('own-change');
    expect(await code(debtors.proposeMerge(second, merge(), null))).toBe('change-pending');
    const all = await Promise.all([1, 2, 3].map((n) => code(debtors.approve(principal('compliance', { subject: `s${n}` }), id, null))));
    expect(all.toSorted()).toEqual(['change-decided', 'change-decided', 'done']);
    expect(await code(debtors.proposeMerge(manager, merge(), null))).toBe('merged-already');
    expect(await stage.sql(`select kind from task where done_at is null`)).toEqual([]);
  });

  it('asked for with one key is one; of two merges in a circle one is done', async () => {
    const key = { key: 'k', hash: hashOf('x', 1) };
    const asked = await Promise.all([1, 2, 3].map(() => debtors.proposeMerge(manager, merge(), key)));
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    const back = await debtors.proposeMerge(manager, merge('D1', 'D2'), null);
    const both = await Promise.all([asked[0]?.id ?? '', back.id].map((id) => code(debtors.approve(second, id, null))));
    expect(both.toSorted()).toEqual(['done', 'merged-already']);
  });

  it('is the institution’s own; records with one identity number are shown', async () => {
    expect(await code(debtors.proposeMerge(principal('collections-manager', { agencyId: 'A01' }), merge(), null))).toBe('forbidden');
    expect(await code(debtors.proposeMerge(principal('collections-manager', { institutionId: 'bank-2' }), merge(), null))).toBe(
      'not-found',
    );
    expect(await debtors.duplicates(second)).toEqual({ items: [{ debtorIds: ['D1', 'D2'], openCases: 2 }] });
    await mergeNow();
    expect(await debtors.duplicates(second)).toEqual({ items: [] });
  });
});
