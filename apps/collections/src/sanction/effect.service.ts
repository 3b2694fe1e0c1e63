import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { ActService, type Action } from '../act/act.service.ts';
import { dayEnd } from '../oversight/local-days.ts';
import { SuspensionService } from '../oversight/suspension.service.ts';
import { TaskService, type NewTask } from '../task/task.service.ts';
import type { SanctionRecord } from './sanction.store.ts';

export const resourceOf = (id: string): string => `sanction/${id}`;

const KINDS: readonly NewTask['kind'][] = ['approve-sanction', 'forced-training', 'report-to-regulator', 'decide-sanction-appeal'];

/** What a sanction does: to the agency's standing, to whose turn it is, to the record. */
@Injectable()
export class EffectService {
  constructor(
    @Inject(SuspensionService) private readonly suspensions: SuspensionService,
    @Inject(TaskService) private readonly tasks: TaskService,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  async proposed(tx: Tx, by: Principal, { id, agencyId, step }: SanctionRecord, at: Date): Promise<void> {
    await this.tasks.open(tx, by.institutionId, { kind: 'approve-sanction', resource: resourceOf(id), detail: { agencyId, step } }, at);
  }

  /** Under the agency's lock, near the end of the transaction. */
  async enforced(tx: Tx, by: Principal, record: SanctionRecord, at: Date): Promise<void> {
    const { id, agencyId, step, untilOn } = record;
    const resource = resourceOf(id);
    await this.close(tx, by, record, { outcome: 'in-force', at });
    await this.note(tx, by, 'sanction-in-force', record, at);
    const detail = { agencyId, step };
    if (step === 'forced-training') {
      const dueAt = untilOn === null ? {} : { dueAt: dayEnd(untilOn) };
      await this.tasks.open(tx, by.institutionId, { kind: 'forced-training', resource, agencyId, detail, ...dueAt }, at);
    }
    if (step === 'regulator-report') await this.tasks.open(tx, by.institutionId, { kind: 'report-to-regulator', resource, detail }, at);
    if (step === 'rights-suspended')
      await this.suspensions.suspend(tx, by, { agencyId, cause: 'sanction', resource, reason: `HLJ 36: ${resource}` });
    if (step === 'expulsion') await this.suspensions.expel(tx, by, agencyId, `HLJ 36: ${resource}`);
  }

  /** Whatever way it ends: nobody has to do anything about it any more, and what it suspended works again unless something else forbids it. */
  async over(tx: Tx, by: Principal, record: SanctionRecord, { action, at }: { action: Action; at: Date }): Promise<void> {
    const { id, agencyId, step } = record;
    const resource = resourceOf(id);
    await this.close(tx, by, record, { outcome: action, at });
    await this.note(tx, by, action, record, at);
    if (step === 'rights-suspended')
      await this.suspensions.lift(tx, by, { agencyId, cause: 'sanction', resource, reason: `${resource} is over` });
  }

  async appealed(tx: Tx, by: Principal, record: SanctionRecord, at: Date): Promise<void> {
    const { id, agencyId, step } = record;
    await this.tasks.open(
      tx,
      by.institutionId,
      { kind: 'decide-sanction-appeal', resource: resourceOf(id), detail: { agencyId, step } },
      at,
    );
    await this.note(tx, by, 'sanction-appealed', record, at);
  }

  async appealDecided(tx: Tx, by: Principal, record: SanctionRecord, { outcome, at }: { outcome: string; at: Date }): Promise<void> {
    const task = { kind: 'decide-sanction-appeal', resource: resourceOf(record.id) } as const;
    await this.tasks.close(tx, by.institutionId, task, { by: by.subject, outcome, at });
    await this.note(tx, by, 'sanction-appeal-decided', record, at);
  }

  async note(tx: Tx, by: Principal, action: Action, { id, agencyId, step, untilOn }: SanctionRecord, at: Date): Promise<void> {
    await this.acts.note(tx, by, { action, resource: resourceOf(id), detail: { agencyId, step, untilOn } }, at);
  }

  private async close(tx: Tx, by: Principal, { id }: SanctionRecord, { outcome, at }: { outcome: string; at: Date }): Promise<void> {
    for (const kind of KINDS)
      await this.tasks.close(tx, by.institutionId, { kind, resource: resourceOf(id) }, { by: by.subject, outcome, at });
  }
}
