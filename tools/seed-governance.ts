import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal, Role } from '#auth';
import { inTransaction } from '#pg';
import { ConfirmationService } from '../apps/collections/src/evaluation/confirmation.service.ts';
import { EvaluationService } from '../apps/collections/src/evaluation/evaluation.service.ts';
import { InspectingService } from '../apps/collections/src/inspection/inspecting.service.ts';
import { InspectionService } from '../apps/collections/src/inspection/inspection.service.ts';
import { RectificationService } from '../apps/collections/src/inspection/rectification.service.ts';
import { SanctionService } from '../apps/collections/src/sanction/sanction.service.ts';
import { institutionId } from './make-data/index.ts';
import { servicesOf } from './seed-app.ts';

const DAY_MS = 86_400_000;
const person = (subject: string, role: Role, agencyId: string | null = null): Principal => ({
  subject,
  clientId: null,
  institutionId,
  agencyId,
  roles: [role],
});
const lin = person('demo-compliance', 'compliance');
const zhao = person('demo-manager', 'collections-manager');

/** A day so many days from now, in China. */
const dayIn = (days: number): string => new Date(Date.now() + 8 * 3_600_000 + days * DAY_MS).toISOString().slice(0, 10);

/** Inspections, findings, an evaluation and sanctions of the first agencies, once; returns how many inspections there are. */
export async function seedGovernance(app: INestApplicationContext): Promise<number> {
  const get = servicesOf(app);
  const agencies = await inTransaction(app.get(DataSource), { institutionId }, (tx) =>
    tx.query<{ id: string; known: boolean }>(
      `select a.agency_id as id, exists (select from inspection i where i.institution_id = $1) as known
       from agency a where a.institution_id = $1 and a.status = 'active' order by a.agency_id limit 3`,
      [institutionId],
    ),
  );
  const [first, second, third] = agencies.map(({ id }) => id);
  if (first === undefined || second === undefined || agencies[0]?.known) return 0;
  await inspected(get, first);
  const inspections = get(InspectionService);
  await inspections.plan(lin, { agencyId: second, kind: 'off-site', plannedOn: dayIn(9) }, null);
  const evaluation = await get(EvaluationService).draft(lin, first, { note: '年度评价 yearly evaluation' }, null);
  await get(ConfirmationService).confirm(zhao, evaluation.id, '数据属实 as recorded', null);
  await get(EvaluationService).draft(lin, second, {}, null);
  const sanctions = get(SanctionService);
  await sanctions.propose(lin, second, { step: 'talk', reason: '近两个月投诉增多，请说明情况并提出整改措施。' }, null);
  await sanctions.propose(lin, third ?? second, { step: 'circular', reason: '多次在夜间外呼。', skipReason: '此前已口头提醒三次' }, null);
  return 2;
}

async function inspected(get: <T>(type: new (...dependencies: never[]) => T) => T, agencyId: string): Promise<void> {
  const inspecting = get(InspectingService);
  const { id } = await get(InspectionService).plan(lin, { agencyId, kind: 'on-site', plannedOn: dayIn(0) }, null);
  const { items } = await inspecting.begin(lin, id, null);
  await inspecting.answer(lin, id, { answers: items.map(({ itemId }) => ({ itemId, answer: 'ok' as const })) });
  const found = { severity: 'major' as const, dueOn: dayIn(20) };
  const late = await inspecting.find(
    lin,
    id,
    { ...found, itemId: 'recordings', summary: '抽听 20 通录音，其中 3 通未自报机构名称。' },
    null,
  );
  await inspecting.find(lin, id, { ...found, itemId: 'training', severity: 'minor', summary: '两名新入职人员的培训考核记录缺失。' }, null);
  await inspecting.complete(lin, id, '整体合规，两项发现须整改。', null);
  await get(RectificationService).report(
    person('demo-agency', 'agency-supervisor', agencyId),
    late.id,
    '已组织全员复训，并在外呼系统中增加开场白提示。',
    null,
  );
}
