// Who has which case: the weeks before today, a rule that was tried, cases that wait for a notice, objections in each of their states.
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction, type Tx } from '#pg';
import { AllocationRunner } from '../apps/collections/src/allocation/allocation.runner.ts';
import { AllocationService } from '../apps/collections/src/allocation/allocation.service.ts';
import { EntrustingService } from '../apps/collections/src/entrustment/entrusting.service.ts';
import { EntrustmentDesk } from '../apps/collections/src/entrustment/entrustment.desk.ts';
import { EntrustmentService } from '../apps/collections/src/entrustment/entrustment.service.ts';
import { EntrustmentStore } from '../apps/collections/src/entrustment/entrustment.store.ts';
import { EntrustmentSettingService } from '../apps/collections/src/entrustment/setting.service.ts';
import { ObjectionService } from '../apps/collections/src/objection/objection.service.ts';
import { institutionId } from './make-data/index.ts';
import { agent, compliance, manager } from './seed-people.ts';

const DAY_MS = 86_400_000;
const BEFORE_DAYS = 63;
const CALL = { idempotency: null, requestId: 'seed' };

/** The cases came nine weeks ago, as the contacts of the log say: what was imported a moment ago is put there. */
const EARLIER = `
  with put as (
    update entrustment set from_at = from_at - make_interval(days => ${BEFORE_DAYS})
    where institution_id = $1 and from_at > clock_timestamp() - interval '1 day' returning id)
  update portfolio_change set at = at - make_interval(days => ${BEFORE_DAYS})
  where institution_id = $1 and at > clock_timestamp() - interval '1 day'`;

/** Days ago, from or to which agency, how many cases. */
const MOVES: readonly (readonly [daysAgo: number, agencyId: string, cases: number])[] = [
  [54, 'agency-a', -60],
  [47, 'agency-b', 85],
  [40, 'agency-c', -35],
  [33, 'agency-a', 70],
  [26, 'agency-c', 40],
  [19, 'agency-b', -95],
  [12, 'agency-a', -50],
  [5, 'agency-c', 55],
];

const casesOf = (tx: Tx, agencyId: string | null, limit: number): Promise<{ id: string }[]> =>
  tx.query<{ id: string }>(
    `select id from collection_case k where institution_id = $1 and agency_id is not distinct from $2 and state = 'open' and case_id > 'C000300'
       and not exists (select from hold h where h.debtor = k.debtor) order by case_id limit $3`,
    [institutionId, agencyId, limit],
  );

async function history(app: INestApplicationContext, tx: Tx): Promise<void> {
  const desk = app.get(EntrustmentDesk, { strict: false });
  const store = app.get(EntrustmentStore, { strict: false });
  const entrustments = app.get(EntrustmentService, { strict: false });
  await tx.query(EARLIER, [institutionId]);
  for (const [daysAgo, agencyId, cases] of MOVES) {
    const at = new Date(Date.now() - daysAgo * DAY_MS);
    const caseUuids = (await casesOf(tx, cases < 0 ? agencyId : null, Math.abs(cases))).map(({ id }) => id);
    if (cases < 0) await entrustments.recall(tx, institutionId, { caseUuids, by: 'demo-manager', reason: '季度调整：收回自催' }, at);
    else {
      await store.lock(tx, institutionId, [agencyId]);
      await store.lockCases(tx, institutionId, caseUuids);
      const asks = caseUuids.map((caseUuid) => ({ caseUuid, agencyId, noticeAt: new Date(at.getTime() - DAY_MS) }));
      await desk.place(tx, institutionId, asks, { by: 'demo-manager', cause: 'list', reasonSealed: null, at });
    }
  }
}

async function tried(app: INestApplicationContext): Promise<void> {
  const settings = app.get(EntrustmentSettingService, { strict: false });
  const allocations = app.get(AllocationService, { strict: false });
  await settings.put(compliance, { noticeHours: 24, maxShareNumber: 80, maxShareAmount: 85, fourEyesAbove: 100, pointStaleDays: 365 });
  for (const [agencyId, most] of [
    ['agency-a', 720],
    ['agency-b', 520],
    ['agency-c', 480],
  ] as const)
    await settings.setCapacity(manager, agencyId, most, null);
  const rule = await allocations.addRule(
    manager,
    {
      name: '逾期 180 天以上按份额',
      products: [],
      regions: ['23'],
      currency: 'CNY',
      overdueFrom: 180,
      by: 'share',
      targets: [
        { agencyId: 'agency-a', weight: 5 },
        { agencyId: 'agency-b', weight: 3 },
        { agencyId: 'agency-c', weight: 2, maxCases: 40 },
      ],
      maxShareNumber: 75,
    },
    null,
  );
  const { id } = await allocations.simulate(manager, rule.id, null);
  await app.get(AllocationRunner, { strict: false }).run(institutionId, id);
}

async function waiting(app: INestApplicationContext): Promise<void> {
  const caseIds = await inTransaction(app.get(DataSource), { institutionId }, (tx) =>
    tx.query<{ caseId: string }>(
      `select case_id as "caseId" from collection_case k where institution_id = $1 and agency_id is null and state = 'open' and case_id > 'C000900'
         and not exists (select from hold h where h.debtor = k.debtor) order by case_id limit 6`,
      [institutionId],
    ),
  );
  const request = { agencyId: 'agency-b', caseIds: caseIds.map(({ caseId }) => caseId), reason: '自催三个月未果，转委外' };
  await app.get(EntrustingService, { strict: false }).entrustList(manager, request, null);
}

async function objected(app: INestApplicationContext): Promise<void> {
  const objections = app.get(ObjectionService, { strict: false });
  const raised = { channel: 'voice', evidence: '来电录音 2026-0312' } as const;
  await objections.raise(
    agent,
    'C000061',
    { ...raised, kind: 'amount', disputed: '认为分期手续费重复计收，只认本金。', amount: '1860.00' },
    CALL,
  );
  await objections.raise(agent, 'C000074', { ...raised, kind: 'paid', disputed: '称上月 28 日已在柜面结清，有回单。' }, CALL);
  const known = await objections.raise(agent, 'C000083', { ...raised, kind: 'fees', disputed: '违约金按日计收，超过合同约定。' }, CALL);
  const facts = { facts: '经核对合同第八条与账单，违约金按月收取，未见重复。', basis: '领用合约第八条、2026 年 9 月账单' };
  await objections.decide(compliance, known.id, { outcome: 'rejected', ...facts }, CALL);
  const upheld = await objections.raise(agent, 'C000096', { ...raised, kind: 'not-mine', disputed: '有两笔境外消费不是本人所为。' }, CALL);
  const found = { facts: '两笔境外交易经卡组织核查为盗刷，应予冲正。', basis: '卡组织调单结果', coreReference: 'ADJ-2026-00417' };
  await objections.decide(compliance, upheld.id, { outcome: 'upheld', ...found, newBalance: '2310.55' }, CALL);
  await objections.tell(compliance, upheld.id, { how: 'voice', evidence: '回访录音 2026-0331' }, CALL);
}

/** Once; how many moves of cases it made. */
export async function seedPortfolio(app: INestApplicationContext): Promise<number> {
  if ((await app.get(AllocationService, { strict: false }).rules(manager)).items.length > 0) return 0;
  await inTransaction(app.get(DataSource), { institutionId }, (tx) => history(app, tx));
  await tried(app);
  await waiting(app);
  await objected(app);
  return MOVES.length;
}
