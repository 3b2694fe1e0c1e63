import { hashOf } from '#idempotency';
import { inTransaction } from '#pg';
import { Refusal } from '#problem';
import { EntrustmentRoom } from '../../testing/entrustment-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import type { EntrustRequest } from './entrustment.dto.ts';

let stage: Stage;
let room: EntrustmentRoom;
const NOW = '2026-11-21T15:00:00+08:00';
const TOLD = '2026-11-20T10:00:00+08:00';
const manager = principal('collections-manager');
const agencyA = principal('agency-supervisor', { agencyId: 'A01' });

beforeEach(async () => {
  stage = await Stage.open();
  stage.now = NOW;
  room = new EntrustmentRoom(stage);
  await stage.addAgencies(['A01', 'A02']);
  await stage.addCases([1, 2, 3, 4].map((n) => ({ caseId: `C${n}`, debtorId: `D${n}`, contactPoint: `+861380000000${n}` })));
});
afterEach(() => stage.close());

const told = { noticeToldAt: TOLD, noticeEvidence: '挂号信 7' };
const to = (agencyId: string, more: Partial<EntrustRequest> = {}): EntrustRequest => ({ agencyId, reason: '逾期三个月', ...more });
const key = (name: string) => ({ key: name, hash: hashOf('POST /v1', name) });
const ledger = (caseId: string) =>
  stage.sql(
    `select e.agency_id as agency, e.from_at as "from", e.until_at as until, e.begun_by as by, e.begun_cause as cause, e.ended_cause as "endedCause", e.balance::text
     from entrustment e join collection_case c on c.id = e.collection_case where c.case_id = $1 order by e.from_at, e.id`,
    [caseId],
  );
const agencyOf = async (caseId: string) =>
  (await stage.sql<{ agency: string | null }>('select agency_id as agency from collection_case where case_id = $1', [caseId]))[0]?.agency;
async function blocks(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
    return ['done'];
  } catch (error) {
    if (error instanceof Refusal) return [error.kind.code, ...(error.extras.errors ?? []).map(({ source }) => source ?? '')];
    throw error;
  }
}
const hold = (caseId: string, kind: string, scope: object = {}) =>
  stage.sql(
    `insert into hold (institution_id, debtor, kind, from_at, scope) select $1, debtor, $3, '2026-11-01', $4 from collection_case where case_id = $2`,
    [BANK, caseId, kind, JSON.stringify(scope)],
  );

describe('a case', () => {
  it('waits until the debtor is told, and then goes to its agency', async () => {
    expect(await room.entrusting.entrust(manager, 'C1', to('A01'), null)).toMatchObject({ state: 'awaiting-notice', agencyId: 'A01' });
    expect(await agencyOf('C1')).toBeNull();
    expect(await stage.sql(`select kind, resource from task where done_at is null`)).toEqual([
      { kind: 'give-referral-notice', resource: 'case/C1' },
    ]);
    expect(await room.entrusting.tellMany(manager, { caseIds: ['C1', 'C2'], toldAt: TOLD, evidence: '短信回执' }, null)).toEqual({
      items: [{ caseId: 'C1', agencyId: 'A01', state: 'entrusted', blocks: [] }],
      unknown: ['C2'],
    });
    expect(await agencyOf('C1')).toBe('A01');
    expect(await stage.sql(`select kind from task where done_at is null`)).toEqual([]);
    const view = await room.views.ofCase(agencyA, 'C1');
    expect(view).toMatchObject({ agencyId: 'A01', proposal: null, history: [{ noticeAt: TOLD, reason: '逾期三个月', until: null }] });
  });

  it('waits for the hours that the institution sets, then goes by itself, once', async () => {
    await room.settings.put(manager, { noticeHours: 48, fourEyesAbove: 100, pointStaleDays: 365 });
    expect(await room.entrusting.entrust(manager, 'C1', to('A01', told), null)).toMatchObject({ state: 'awaiting-time' });
    await room.service.completeReady();
    expect(await agencyOf('C1')).toBeNull();
    stage.now = '2026-11-22T10:00:00+08:00';
    await Promise.all([1, 2, 3].map(() => room.service.completeReady()));
    expect(await agencyOf('C1')).toBe('A01');
    expect(await ledger('C1')).toHaveLength(1);
  });

  it('that is held, closed or moved meanwhile does not go; somebody is told', async () => {
    await room.settings.put(manager, { noticeHours: 48, fourEyesAbove: 100, pointStaleDays: 365 });
    await room.entrusting.entrust(manager, 'C1', to('A01', told), null);
    await hold('C1', 'objection-open');
    stage.now = '2026-11-23T10:00:00+08:00';
    await room.service.completeReady();
    expect(await room.views.ofCase(manager, 'C1')).toMatchObject({
      agencyId: null,
      proposal: { state: 'refused', blocks: [{ code: 'held', names: ['objection-open'] }] },
    });
    expect(await stage.sql(`select kind from task where done_at is null`)).toEqual([{ kind: 'mend-entrustment' }]);
  });

  it('comes back: the ledger ends, the notice is for nobody any more, the agency is told to hand back', async () => {
    await room.entrusting.entrust(manager, 'C1', to('A01', told), null);
    stage.now = '2026-11-25T10:00:00+08:00';
    const { verdict } = await stage.ask('C1', {}, agencyA);
    expect(verdict).toBe('permitted');
    expect(await room.entrusting.recall(manager, 'C1', '机构申请退案', null)).toEqual({ caseId: 'C1', agencyId: 'A01' });
    expect(await stage.sql('select revoked_reason as why from contact')).toEqual([{ why: 'case-recalled' }]);
    expect(await ledger('C1')).toEqual([
      {
        agency: 'A01',
        from: new Date(NOW),
        until: new Date('2026-11-25T10:00:00+08:00'),
        by: 'collections-manager-1',
        cause: 'hand',
        endedCause: 'recall',
        balance: '5000.00',
      },
    ]);
    expect(await stage.sql(`select referral_notice_at as at from collection_case where case_id = 'C1'`)).toEqual([{ at: null }]);
    expect(await stage.sql(`select kind, agency_id as agency from task where done_at is null`)).toEqual([
      { kind: 'hand-back-case', agency: 'A01' },
    ]);
    expect(await blocks(room.entrusting.recall(manager, 'C1', 'x', null))).toEqual(['not-with-an-agency']);
    expect(await room.entrusting.entrust(manager, 'C1', to('A01'), null)).toMatchObject({ state: 'awaiting-notice' });
  });
});

describe('no case goes to an agency', () => {
  const entrust = (caseId: string, agencyId = 'A01') => room.entrusting.entrust(manager, caseId, to(agencyId, told), null);
  it('that does not stand well, or is not known', async () => {
    await stage.sql(`update agency set status = 'suspended' where agency_id = 'A01'`);
    expect(await blocks(entrust('C1'))).toEqual(['cannot-entrust', 'CC22']);
    expect(await blocks(entrust('C1', 'A99'))).toEqual(['cannot-entrust', '']);
  });

  it('while a hold stands, unless the institution lets that kind pass or it is limited to another agency', async () => {
    await hold('C1', 'plan-active');
    expect(await blocks(entrust('C1'))).toEqual(['cannot-entrust', 'CC11 69-70']);
    await hold('C2', 'complaint-hold', { agencyId: 'A02' });
    expect(await blocks(entrust('C2', 'A02'))).toEqual(['cannot-entrust', 'CC11 69-70']);
    expect(await blocks(entrust('C2'))).toEqual(['done']);
    await room.settings.put(manager, { noticeHours: 0, holdKinds: ['objection-open'], fourEyesAbove: 100, pointStaleDays: 365 });
    expect(await blocks(entrust('C1'))).toEqual(['done']);
  });

  it('that no contract of the agency covers', async () => {
    const contract = (no: string, version: number, products: string[], regions: string[]) =>
      stage.sql(
        `insert into agency_contract (institution_id, agency_id, contract_no, version, valid_from, valid_to, products, regions, channels, fee_terms, made_by, made_at)
         values ($1, 'A01', $2, $3, '2026-01-01', '2026-12-31', $4, $5, '{}', '{}', 's', now())`,
        [BANK, no, version, products, regions],
      );
    await contract('K1', 1, [], []);
    await contract('K1', 2, ['汽车贷款'], []);
    expect(await blocks(entrust('C1'))).toEqual(['cannot-entrust', 'CBA26']);
    await contract('K2', 1, ['信用卡'], ['230000']);
    expect(await blocks(entrust('C1'))).toEqual(['cannot-entrust', 'CBA26']);
    await stage.sql(`update debtor set region = '230103' where debtor_id = 'D1'`);
    expect(await blocks(entrust('C1'))).toEqual(['done']);
  });

  it('beyond its capacity, however many ask at once', async () => {
    await room.settings.setCapacity(manager, 'A01', 2, null);
    const all = await Promise.all(['C1', 'C2', 'C3', 'C4'].map((caseId) => blocks(entrust(caseId))));
    expect(all.filter(([code]) => code === 'done')).toHaveLength(2);
    expect(await stage.sql(`select count(*)::integer as n from collection_case where agency_id = 'A01'`)).toEqual([{ n: 2 }]);
  });

  it('beyond the share that the institution sets', async () => {
    await room.settings.put(manager, { noticeHours: 0, maxShareNumber: 50, fourEyesAbove: 100, pointStaleDays: 365 });
    const list = await room.entrusting.entrustList(manager, { ...to('A01', told), caseIds: ['C1', 'C2', 'C3', 'nobody'] }, null);
    expect(list.items.map(({ state, blocks: why }) => [state, ...why.map(({ code }) => code)])).toEqual([
      ['entrusted'],
      ['entrusted'],
      ['refused', 'share-limit'],
    ]);
    expect(list.unknown).toEqual(['nobody']);
  });

  it('of another institution, or by the word of an agency', async () => {
    const elsewhere = principal('collections-manager', { institutionId: 'bank-2' });
    expect(await blocks(room.entrusting.entrust(elsewhere, 'C1', to('A01', told), null))).toEqual(['not-found']);
    const theirs = principal('collections-manager', { agencyId: 'A01' });
    expect(await blocks(room.entrusting.entrust(theirs, 'C1', to('A01', told), null))).toEqual(['forbidden']);
    expect(await blocks(room.views.ofCase(agencyA, 'C1'))).toEqual(['not-found']);
  });
});

describe('the ledger', () => {
  it('has a row for every writer, also one that knows nothing of it', async () => {
    await stage.sql(`update collection_case set agency_id = 'A02' where case_id in ('C1', 'C2')`);
    await stage.addCases([{ caseId: 'C1', debtorId: 'D1', contactPoint: '+8613800000001', agencyId: 'A01' }]);
    expect(await ledger('C1')).toMatchObject([
      { agency: 'A02', by: 'system' },
      { agency: 'A01', until: null },
    ]);
    const heads = await stage.sql(
      `select c.case_id from collection_case c left join entrustment e on e.collection_case = c.id and e.until_at is null where e.agency_id is distinct from c.agency_id`,
    );
    expect(heads).toEqual([]);
  });

  it('has one row for one request, however often it is sent', async () => {
    const asked = await Promise.all([1, 2, 3, 4].map(() => room.entrusting.entrust(manager, 'C1', to('A01', told), key('k1'))));
    expect(new Set(asked.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await ledger('C1')).toHaveLength(1);
    expect(await blocks(room.entrusting.entrust(manager, 'C1', to('A01', told), { ...key('k1'), hash: hashOf('x', 1) }))).toEqual([
      'idempotency-key-reused',
    ]);
  });

  it('of two agencies that are given one case at once, has one', async () => {
    const both = await Promise.all(['A01', 'A02'].map((agencyId) => blocks(room.entrusting.entrust(manager, 'C1', to(agencyId), null))));
    expect(both.map(([code]) => code).toSorted()).toEqual(['cannot-entrust', 'done']);
  });

  it('is written by other rooms in their own transaction', async () => {
    await room.entrusting.entrustList(manager, { ...to('A01', told), caseIds: ['C1', 'C2'] }, null);
    const rows = await stage.sql<{ id: string }>(`select id from collection_case order by case_id`);
    const at = new Date('2026-11-26T10:00:00+08:00');
    const taken = await inTransaction(stage.source, { institutionId: BANK }, (tx) =>
      room.service.recall(tx, BANK, { caseUuids: rows.map(({ id }) => id), by: 'system:standing', reason: '机构停牌' }, at),
    );
    expect(taken.map(({ caseId }) => caseId).toSorted()).toEqual(['C1', 'C2']);
    expect(await ledger('C1')).toMatchObject([{ until: at, endedCause: 'recall' }]);
  });
});
