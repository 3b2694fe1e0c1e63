import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { ActService } from '../act/act.service.ts';
import { dayEnd } from '../oversight/local-days.ts';
import { TaskService, type NewTask } from '../task/task.service.ts';
import type { FindingRecord, RectificationVerdict } from './finding.store.ts';
import { PlanNotes, resourceOf } from './plan-notes.ts';

export const findingResource = (id: string): string => `inspection-finding/${id}`;

type Told = Pick<FindingRecord, 'id' | 'agencyId' | 'severity' | 'dueOn'>;

/** What follows from findings: whose turn it is, and the record. */
@Injectable()
export class FindingNotes {
  constructor(
    @Inject(TaskService) private readonly tasks: TaskService,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(PlanNotes) private readonly plans: PlanNotes,
  ) {}

  async begun(tx: Tx, principal: Principal, id: string, at: Date): Promise<void> {
    await this.acts.note(tx, principal, { action: 'inspection-begun', resource: resourceOf(id) }, at);
  }

  /** The inspection is done: the agency has to do something about each finding. */
  async opened(
    tx: Tx,
    principal: Principal,
    { id, findings }: { id: string; findings: readonly FindingRecord[] },
    at: Date,
  ): Promise<void> {
    await this.plans.done(tx, principal, id, { findings: findings.length, at });
    await this.tasks.openAll(tx, principal.institutionId, findings.map(rectify), at);
  }

  /** The agency has reported: it is the bank's turn. */
  async reported(tx: Tx, principal: Principal, finding: Told, at: Date): Promise<void> {
    const { institutionId, subject: by } = principal;
    const resource = findingResource(finding.id);
    for (const kind of ['rectify-finding', 'decide-late-rectification'] as const)
      await this.tasks.close(tx, institutionId, { kind, resource }, { by, outcome: 'reported', at });
    await this.tasks.open(tx, institutionId, { kind: 'verify-rectification', resource, detail: detailOf(finding) }, at);
    await this.acts.note(tx, principal, { action: 'rectification-reported', resource, detail: { agencyId: finding.agencyId } }, at);
  }

  async judged(tx: Tx, principal: Principal, finding: Told, { verdict, at }: { verdict: RectificationVerdict; at: Date }): Promise<void> {
    const { institutionId, subject: by } = principal;
    const resource = findingResource(finding.id);
    await this.tasks.close(tx, institutionId, { kind: 'verify-rectification', resource }, { by, outcome: verdict, at });
    if (verdict === 'rejected') await this.tasks.open(tx, institutionId, rectify(finding), at);
    const { agencyId, dueOn } = finding;
    await this.acts.note(tx, principal, { action: 'rectification-judged', resource, detail: { agencyId, verdict, dueOn } }, at);
  }

  /** The last day has passed without a report. */
  async late(tx: Tx, institutionId: string, finding: Told, at: Date): Promise<void> {
    const task: NewTask = { kind: 'decide-late-rectification', resource: findingResource(finding.id), detail: detailOf(finding) };
    await this.tasks.open(tx, institutionId, task, at);
  }
}

const detailOf = ({ agencyId, severity, dueOn }: Told): Readonly<Record<string, unknown>> => ({ agencyId, severity, dueOn });

const rectify = (finding: Told): NewTask => ({
  kind: 'rectify-finding',
  resource: findingResource(finding.id),
  agencyId: finding.agencyId,
  dueAt: dayEnd(finding.dueOn),
  detail: detailOf(finding),
});
