import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { DEFAULT_REMIND_PERCENT } from './task.store.ts';

export interface LimitRecord {
  readonly kind: string;
  readonly limitHours: number;
  readonly setBy: string;
  readonly setAt: Date;
}

interface Setting {
  readonly institutionId: string;
  readonly by: string;
  readonly at: Date;
}

@Injectable()
export class TaskLimitStore {
  /** Nobody else of the institution sets limits until the transaction ends. */
  async lock(tx: Tx, institutionId: string): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('task-limit ' || $1, 0))`, [institutionId]);
  }

  async list(tx: Tx, institutionId: string): Promise<LimitRecord[]> {
    return tx.query<LimitRecord>(
      `select kind, limit_hours as "limitHours", set_by as "setBy", set_at as "setAt" from task_limit where institution_id = $1`,
      [institutionId],
    );
  }

  async remindPercent(tx: Tx, institutionId: string): Promise<number> {
    const [row] = await tx.query<{ percent: number }>('select remind_percent as percent from task_setting where institution_id = $1', [
      institutionId,
    ]);
    return row?.percent ?? DEFAULT_REMIND_PERCENT;
  }

  async set(tx: Tx, { institutionId, by, at }: Setting, limits: readonly { kind: string; limitHours: number | null }[]): Promise<void> {
    await tx.query(
      `with given as (select * from json_to_recordset($4) as g(kind text, "limitHours" integer)),
         gone as (delete from task_limit l using given g where l.institution_id = $1 and l.kind = g.kind and g."limitHours" is null)
       insert into task_limit (institution_id, kind, limit_hours, set_by, set_at)
       select $1, kind, "limitHours", $2, $3 from given where "limitHours" is not null
       on conflict (kind, institution_id) do update set limit_hours = excluded.limit_hours, set_by = excluded.set_by, set_at = excluded.set_at`,
      [institutionId, by, at, JSON.stringify(limits)],
    );
  }

  /** Open tasks whose reminder is still to come are reminded by the new measure. */
  async setRemindPercent(tx: Tx, { institutionId, by, at }: Setting, percent: number): Promise<void> {
    await tx.query(
      `with kept as (insert into task_setting (institution_id, remind_percent, set_by, set_at) values ($1, $4, $2, $3)
         on conflict (institution_id) do update set remind_percent = $4, set_by = $2, set_at = $3)
       update task set remind_at = least(due_at, due_at - (due_at - opened_at) * ($4 / 100.0))
       where institution_id = $1 and done_at is null and reminded_at is null and remind_at > $3`,
      [institutionId, by, at, percent],
    );
  }
}
