import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal, type FieldError } from '#problem';
import { kindOf, TASK_KIND_NAMES, type TaskKindName } from './kinds.ts';
import type { TaskLimits, TaskLimitsRequest, TaskLimitView } from './task.dto.ts';
import { TaskDesk } from './task-desk.ts';
import { TaskLimitStore, type LimitRecord } from './task-limit.store.ts';

const zone = Zone.of(DEFAULT_TIME_ZONE);

/** Within how many hours things are done at an institution. */
@Injectable()
export class TaskLimitService {
  constructor(
    @Inject(TaskDesk) private readonly desk: TaskDesk,
    @Inject(TaskLimitStore) private readonly store: TaskLimitStore,
  ) {}

  async find(principal: Principal): Promise<TaskLimits> {
    return inTransaction(this.desk.database, principal, (tx) => this.show(tx, principal.institutionId));
  }

  /** For tasks that are opened from now on; the same again changes nothing. Refuses with INVALID for more than an instrument allows. */
  async set(principal: Principal, request: TaskLimitsRequest): Promise<TaskLimits> {
    const { institutionId, subject } = principal;
    const { limits, remindPercent, reason } = request;
    requirePossible(request);
    return inTransaction(this.desk.database, principal, async (tx) => {
      await this.store.lock(tx, institutionId);
      const setting = { institutionId, by: subject, at: await this.desk.now(tx) };
      const before = await this.show(tx, institutionId);
      const changed = limits.filter(({ kind, limitHours = null }) => {
        const known = before.limits.find((each) => each.kind === kind);
        return known && (limitHours === null ? known.setBy !== null : known.setBy === null || known.limitHours !== limitHours);
      });
      const isNewPercent = remindPercent !== undefined && remindPercent !== before.remindPercent;
      if (changed.length === 0 && !isNewPercent) return before;
      await this.store.set(
        tx,
        setting,
        changed.map(({ kind, limitHours = null }) => ({ kind, limitHours })),
      );
      if (isNewPercent) await this.store.setRemindPercent(tx, setting, remindPercent);
      const detail = {
        limits: changed.map(({ kind, limitHours = null }) => ({
          kind,
          from: before.limits.find((each) => each.kind === kind)?.limitHours,
          to: limitHours,
        })),
        ...(isNewPercent && { remindPercent: { from: before.remindPercent, to: remindPercent } }),
      };
      await this.desk.acts.note(tx, principal, { action: 'task-limits-set', resource: 'task-limits', detail, reason }, setting.at);
      return this.show(tx, institutionId);
    });
  }

  private async show(tx: Tx, institutionId: string): Promise<TaskLimits> {
    const set = new Map((await this.store.list(tx, institutionId)).map((record) => [record.kind, record]));
    return {
      limits: TASK_KIND_NAMES.map((kind) => toView(kind, set.get(kind))),
      remindPercent: await this.store.remindPercent(tx, institutionId),
    };
  }
}

function requirePossible({ limits, remindPercent }: TaskLimitsRequest): void {
  const errors: FieldError[] = limits.flatMap(({ kind, limitHours }, index) => {
    const most = kindOf(kind)?.most;
    if (most && typeof limitHours === 'number' && limitHours > most.hours)
      return [{ pointer: `/limits/${index}/limitHours`, detail: `must be at most ${most.hours} hours`, source: most.source }];
    if (limits.findIndex((each) => each.kind === kind) < index)
      return [{ pointer: `/limits/${index}/kind`, detail: 'is there twice; leave one out' }];
    return [];
  });
  if (limits.length === 0 && remindPercent === undefined)
    errors.push({ pointer: '/limits', detail: 'say at least one limit, or remindPercent' });
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
}

function toView(kind: TaskKindName, record: LimitRecord | undefined): TaskLimitView {
  const known = kindOf(kind);
  if (known === null) throw new Error(`there is no kind ${kind}`);
  return {
    kind,
    role: known.role,
    closedBy: known.closedBy,
    limitHours: record?.limitHours ?? known.limitHours,
    productHours: known.limitHours,
    mostHours: known.most?.hours ?? null,
    source: known.most?.source ?? null,
    setBy: record?.setBy ?? null,
    setAt: record ? zone.format(record.setAt.getTime()) : null,
  };
}
