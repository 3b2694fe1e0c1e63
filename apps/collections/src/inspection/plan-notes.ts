import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { ActService } from '../act/act.service.ts';
import { dayEnd } from '../oversight/local-days.ts';
import { TaskService, type NewTask } from '../task/task.service.ts';
import type { NewInspection } from './inspection.store.ts';

export const resourceOf = (id: string): string => `inspection/${id}`;
/** The on-site inspection that an agency misses in a year. */
export const missingOf = (agencyId: string, year: number): string => `agency/${agencyId}/on-site/${year}`;

export type Planned = Pick<NewInspection, 'agencyId' | 'kind' | 'plannedOn' | 'inspector'> & { readonly id: string };

interface Because {
  readonly reason: string;
  readonly at: Date;
}

const CARRY_OUT = 'carry-out-inspection';

/** What follows from planning: the inspector's task, and the record. */
@Injectable()
export class PlanNotes {
  constructor(
    @Inject(TaskService) private readonly tasks: TaskService,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  async planned(tx: Tx, principal: Principal, made: readonly Planned[], at: Date): Promise<void> {
    await this.tasks.openAll(tx, principal.institutionId, made.map(toTask), at);
    for (const { id, agencyId, kind, plannedOn, inspector } of made) {
      const detail = { agencyId, kind, plannedOn, inspector };
      await this.acts.note(tx, principal, { action: 'inspection-planned', resource: resourceOf(id), detail }, at);
      if (kind === 'on-site')
        await this.end(
          tx,
          principal,
          { kind: 'plan-inspection', resource: missingOf(agencyId, Number(plannedOn.slice(0, 4))) },
          { outcome: 'planned', at },
        );
    }
  }

  async rescheduled(tx: Tx, principal: Principal, record: Planned, { reason, at }: Because): Promise<void> {
    const { id, plannedOn, inspector } = record;
    await this.end(tx, principal, { kind: CARRY_OUT, resource: resourceOf(id) }, { outcome: 'rescheduled', at });
    await this.tasks.open(tx, principal.institutionId, toTask(record), at);
    const act = { action: 'inspection-rescheduled', resource: resourceOf(id), detail: { plannedOn, inspector }, reason } as const;
    await this.acts.note(tx, principal, act, at);
  }

  async cancelled(tx: Tx, principal: Principal, { id }: Planned, { reason, at }: Because): Promise<void> {
    await this.end(tx, principal, { kind: CARRY_OUT, resource: resourceOf(id) }, { outcome: 'cancelled', at });
    await this.acts.note(tx, principal, { action: 'inspection-cancelled', resource: resourceOf(id), reason }, at);
  }

  async done(tx: Tx, principal: Principal, id: string, { findings, at }: { findings: number; at: Date }): Promise<void> {
    await this.end(tx, principal, { kind: CARRY_OUT, resource: resourceOf(id) }, { outcome: 'done', at });
    await this.acts.note(tx, principal, { action: 'inspection-done', resource: resourceOf(id), detail: { findings } }, at);
  }

  /** One task an agency and year, however often it is looked. */
  async missing(
    tx: Tx,
    institutionId: string,
    agencyIds: readonly string[],
    { year, dueAt, at }: { readonly year: number; readonly dueAt: Date; readonly at: Date },
  ): Promise<void> {
    const tasks = agencyIds.map((agencyId): NewTask => ({
      kind: 'plan-inspection',
      resource: missingOf(agencyId, year),
      dueAt,
      detail: { agencyId, year },
    }));
    await this.tasks.openAll(tx, institutionId, tasks, at);
  }

  private async end(
    tx: Tx,
    { institutionId, subject: by }: Principal,
    task: { kind: NewTask['kind']; resource: string },
    { outcome, at }: { outcome: string; at: Date },
  ): Promise<void> {
    await this.tasks.close(tx, institutionId, task, { by, outcome, at });
  }
}

// No agency: an inspection may come without notice.
const toTask = ({ id, agencyId, kind, plannedOn, inspector }: Planned): NewTask => ({
  kind: CARRY_OUT,
  resource: resourceOf(id),
  person: inspector,
  dueAt: dayEnd(plannedOn),
  detail: { agencyId, kind, plannedOn },
});
