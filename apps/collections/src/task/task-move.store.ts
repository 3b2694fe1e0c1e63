import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { DEFAULT_REMIND_PERCENT } from './task.store.ts';

/** Changes of a task that is locked. */
@Injectable()
export class TaskMoveStore {
  async assign(tx: Tx, id: string, to: { readonly role: string; readonly person: string | null }): Promise<void> {
    await tx.query('update task set role = $2, person = $3 where id = $1', [id, to.role, to.person]);
  }

  async complete(
    tx: Tx,
    id: string,
    { by, outcome, at }: { readonly by: string; readonly outcome: string; readonly at: Date },
  ): Promise<void> {
    await tx.query('update task set person = $2, done_by = $2, outcome = $3, done_at = $4 where id = $1', [id, by, outcome, at]);
  }

  /** The new due time reminds and escalates anew. */
  async extend(tx: Tx, id: string, { dueAt, by, at }: { readonly dueAt: Date; readonly by: string; readonly at: Date }): Promise<void> {
    await tx.query(
      `with before as (select id, institution_id, due_at from task where id = $1),
         kept as (insert into task_extension (institution_id, task, due_before, due_after, extended_at, extended_by)
           select institution_id, id, due_at, $2, $4, $3 from before)
       update task t set due_at = $2, reminded_at = null, escalated_at = null,
         remind_at = $2::timestamptz - ($2::timestamptz - $4::timestamptz) * (coalesce((select s.remind_percent from task_setting s where s.institution_id = t.institution_id), $5) / 100.0)
       where t.id = $1`,
      [id, dueAt, by, at, DEFAULT_REMIND_PERCENT],
    );
  }
}
