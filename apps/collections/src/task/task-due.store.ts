import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

/** A task whose time has come. */
export interface DueTask {
  readonly id: string;
  readonly institutionId: string;
  readonly agencyId: string | null;
  readonly role: string;
  readonly person: string | null;
  readonly dueAt: Date;
}

const RETURNED = 't.id, t.institution_id as "institutionId", t.agency_id as "agencyId", t.role, t.person, t.due_at as "dueAt"';

/** Over all institutions: what is due is marked and named, each once, whoever asks. */
@Injectable()
export class TaskDueStore {
  /** Those whose reminder is due and that are not late yet. */
  async remind(tx: Tx, now: Date, most: number): Promise<DueTask[]> {
    return tx.query<DueTask>(
      `with due as (select id from task where done_at is null and reminded_at is null and remind_at <= $1 and due_at > $1
         order by remind_at limit $2 for update skip locked)
       update task t set reminded_at = $1 from due where t.id = due.id returning ${RETURNED}`,
      [now, most],
    );
  }

  /** Those that are late; what should have reminded of them is over. */
  async escalate(tx: Tx, now: Date, most: number): Promise<DueTask[]> {
    return tx.query<DueTask>(
      `with due as (select id from task where done_at is null and escalated_at is null and due_at <= $1 order by due_at limit $2 for update skip locked)
       update task t set escalated_at = $1, reminded_at = coalesce(t.reminded_at, $1) from due where t.id = due.id returning ${RETURNED}`,
      [now, most],
    );
  }
}
