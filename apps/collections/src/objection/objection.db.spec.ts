import { hashOf } from '#idempotency';
import { Refusal } from '#problem';
import { objectionDeskOf, objectionsOf } from '../../testing/objection-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import type { ObjectionDesk } from './objection.desk.ts';
import type { ObjectionDecisionRequest, ObjectionRequest } from './objection.dto.ts';
import type { ObjectionService } from './objection.service.ts';

let stage: Stage;
let objections: ObjectionService;
let desk: ObjectionDesk;
const NOW = '2026-11-21T15:00:00+08:00';
const agent = principal('agent', { agencyId: 'A01', subject: 'caller' });
const verifier = principal('compliance');

beforeEach(async () => {
  stage = await Stage.open();
  stage.now = NOW;
  desk = objectionDeskOf(stage);
  objections = objectionsOf(stage);
  await stage.addAgencies(['A01']);
  await stage.addCases([
    { caseId: 'C1', debtorId: 'D1', agencyId: 'A01' },
    { caseId: 'C2', debtorId: 'D1', debtId: 'L2' },
    { caseId: 'C3', debtorId: 'D3', contactPoint: '+8613800000003' },
  ]);
});
afterEach(() => stage.close());

const call = (key: string | null = null) => ({ idempotency: key === null ? null : { key, hash: hashOf('POST /v1', key) }, requestId: 'r' });
const disputes = (more: Partial<ObjectionRequest> = {}): ObjectionRequest => ({
  kind: 'paid',
  disputed: '上月已在柜台还清',
  channel: 'voice',
  ...more,
});
const rejects = (more: Partial<ObjectionDecisionRequest> = {}): ObjectionDecisionRequest => ({
  outcome: 'rejected',
  facts: '未查到该笔还款',
  basis: '领用合约第 7 条',
  ...more,
});
const tells = { how: 'letter', evidence: '挂号信 31' } as const;
async function codes(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
    return ['done'];
  } catch (error) {
    if (error instanceof Refusal) return [error.kind.code, ...(error.extras.errors ?? []).map(({ pointer }) => pointer)];
    throw error;
  }
}
const verdict = async (caseId: string) => {
  const { verdict: said, reasons } = await stage.ask(caseId, {}, caseId === 'C1' ? agent : principal('integration'));
  return [said, ...reasons.filter(({ severity }) => severity === 'block').map(({ ruleId }) => ruleId)];
};
const tasks = () => stage.sql(`select kind, resource from task where done_at is null order by kind`);

it('stops collection at once in every case of the debtor, until the debtor was told what came of it', async () => {
  expect(await verdict('C1')).toEqual(['permitted']);
  const { id, ...raised } = await objections.raise(agent, 'C1', disputes(), call());
  // The permit of a moment ago is taken back.
  expect(await stage.sql('select revoked_reason as why from contact')).toEqual([{ why: 'collection-stopped' }]);
  expect(raised).toMatchObject({ state: 'open', holds: true, raisedAgency: 'A01', disputed: '上月已在柜台还清' });
  expect([await verdict('C1'), await verdict('C2'), await verdict('C3')]).toEqual([
    ['refused', 'objection-open'],
    ['refused', 'objection-open'],
    ['permitted'],
  ]);
  expect(await tasks()).toEqual([{ kind: 'verify-objection', resource: `objection/${id}` }]);
  expect(await objections.decide(verifier, id, rejects(), call())).toMatchObject({ state: 'rejected', holds: true });
  expect(await verdict('C1')).toEqual(['refused', 'objection-open']);
  expect(await tasks()).toEqual([{ kind: 'tell-objection', resource: `objection/${id}` }]);
  stage.now = '2026-11-23T09:00:00+08:00';
  expect(await objections.tell(verifier, id, tells, call())).toMatchObject({
    holds: false,
    toldHow: 'letter',
    toldAt: '2026-11-23T09:00:00+08:00',
  });
  expect(await verdict('C1')).toEqual(['permitted']);
  expect(await tasks()).toEqual([]);
  const acts = await stage.sql<{ action: string }>(`select action from register_act order by id`);
  expect(acts.map(({ action }) => action)).toEqual(['objection-raised', 'objection-decided', 'objection-told']);
});

it('upheld corrects the case by the reference of the core system', async () => {
  const { id } = await objections.raise(agent, 'C1', disputes({ kind: 'amount', amount: '300.00' }), call());
  expect(await codes(objections.decide(verifier, id, rejects({ outcome: 'upheld', newBalance: '10.00' }), call()))).toEqual([
    'invalid',
    '/coreReference',
  ]);
  expect(await codes(objections.decide(verifier, id, rejects({ newBalance: '10.00', closeCase: true }), call()))).toEqual([
    'invalid',
    '/newBalance',
    '/closeCase',
    '/coreReference',
  ]);
  const upheld = rejects({ outcome: 'upheld', newBalance: '4700.00', coreReference: 'ADJ-1' });
  expect(await objections.decide(verifier, id, upheld, call())).toMatchObject({
    balanceBefore: '5000.00',
    balanceAfter: '4700.00',
    caseStateAfter: 'open',
  });
  expect(await stage.sql(`select balance::text from collection_case where case_id = 'C1'`)).toEqual([{ balance: '4700.00' }]);
});

it('is verified by the bank, not by who took it, nor by who called on the debt', async () => {
  const { id } = await objections.raise(principal('compliance', { subject: 'taker' }), 'C1', disputes(), call());
  expect(await codes(objections.decide(principal('compliance', { subject: 'taker' }), id, rejects(), call()))).toEqual(['recused']);
  expect(await codes(objections.decide(principal('collections-manager', { agencyId: 'A01' }), id, rejects(), call()))).toEqual([
    'forbidden',
  ]);
  await objections.withdraw(verifier, id, '录音 4', call());
  stage.now = '2026-11-21T15:01:00+08:00';
  await stage.ask('C1', {}, principal('collections-manager', { subject: 'dialled' }));
  const { id: next } = await objections.raise(agent, 'C1', disputes(), call());
  expect(await codes(objections.decide(principal('collections-manager', { subject: 'dialled' }), next, rejects(), call()))).toEqual([
    'recused',
  ]);
  expect(await codes(objections.decide(verifier, next, rejects(), call()))).toEqual(['done']);
});

it('taken back ends its hold at once; what is over is not decided or told again', async () => {
  const { id } = await objections.raise(agent, 'C1', disputes(), call());
  expect(await codes(objections.tell(verifier, id, tells, call()))).toEqual(['objection-undecided']);
  expect(await codes(objections.withdraw(agent, id, '录音 4', call()))).toEqual(['forbidden']);
  stage.now = '2026-11-21T15:01:00+08:00';
  expect(await objections.withdraw(verifier, id, '录音 4', call())).toMatchObject({ state: 'withdrawn', holds: false });
  expect(await codes(objections.decide(verifier, id, rejects(), call()))).toEqual(['objection-decided']);
  expect(await codes(objections.tell(verifier, id, tells, call()))).toEqual(['already-told']);
});

it('is one for one debt at a time, and one for one key, however many raise it', async () => {
  const asked = await Promise.all([1, 2, 3].map(() => objections.raise(agent, 'C1', disputes(), call('k1'))));
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
  const others = await Promise.all([1, 2].map(() => codes(objections.raise(agent, 'C1', disputes(), call()))));
  expect(others).toEqual([['objection-open'], ['objection-open']]);
  expect(await stage.sql(`select count(*)::integer as n from hold`)).toEqual([{ n: 1 }]);
  const [one] = asked;
  const both = await Promise.all([
    codes(objections.decide(verifier, one?.id ?? '', rejects(), call())),
    codes(objections.withdraw(verifier, one?.id ?? '', 'x', call())),
  ]);
  expect(both.flat().toSorted()).toEqual(['done', 'objection-decided']);
});

it('is seen by the agency that has the case, its words by those who work on it, and each reading is recorded', async () => {
  const { id } = await objections.raise(agent, 'C1', disputes(), call());
  expect((await desk.list(agent, {}, 'r')).items.map((one) => one.id)).toEqual([id]);
  expect((await desk.list(principal('agent', { agencyId: 'A02' }), {}, 'r')).items).toEqual([]);
  expect(await codes(desk.find(principal('agent', { agencyId: 'A02' }), id, 'r'))).toEqual(['not-found']);
  expect(await codes(desk.find(principal('compliance', { institutionId: 'bank-2' }), id, 'r'))).toEqual(['not-found']);
  expect(await desk.find(principal('regulator'), id, 'r')).toMatchObject({ disputed: null, facts: null });
  expect(await codes(objections.raise(agent, 'C3', disputes(), call()))).toEqual(['not-found']);
  const read = await stage.sql(
    `select subject, fields from personal_data_read where resource = 'objection' and institution_id = $1 limit 1`,
    [BANK],
  );
  expect(read).toEqual([{ subject: 'caller', fields: ['disputed', 'facts'] }]);
});
