import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Disclosed, EntryKind, TaskState } from './work.dto.ts';

export interface TaskRecord {
  readonly id: string;
  readonly complaintId: string;
  readonly unit: string | null;
  readonly agencyId: string | null;
  readonly disclosed: readonly Disclosed[];
  readonly state: TaskState;
  readonly round: number;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly answeredAt: Date | null;
}

export interface EntryRecord {
  readonly taskId: string;
  readonly round: number;
  readonly kind: EntryKind;
  readonly at: Date;
  readonly by: string;
  readonly dueAt: Date | null;
  readonly textSealed: Buffer | null;
  readonly reasonSealed: Buffer | null;
}

export interface NewTask {
  readonly institutionId: string;
  readonly complaintId: string;
  readonly unitId: string | null;
  readonly agencyId: string | null;
  readonly disclosed: readonly Disclosed[];
  readonly by: string;
  readonly at: Date;
  readonly dueAt: Date;
  readonly wakeAt: Date;
}

export interface TaskFilter {
  readonly institutionId: string;
  /** Of an agency: its alone. */
  readonly agencyId: string | null;
  /** Of the bank: those of the unit and those that the subject asked; all of them. */
  readonly unit: string | null;
  readonly subject: string;
  readonly all: boolean;
  readonly state: TaskState | null;
  readonly overdue: boolean;
  readonly now: Date;
  readonly after: readonly [dueAt: string, id: string] | null;
  readonly limit: number;
}

const TASK = `select t.id, t.complaint as "complaintId", u.code as unit, t.agency_id as "agencyId", t.disclosed, t.state, t.round, t.asked_by as "askedBy", t.asked_at as "askedAt",
  t.due_at as "dueAt", t.answered_at as "answeredAt" from work_task t left join desk_unit u on u.id = t.unit`;

@Injectable()
export class WorkStore {
  async add(tx: Tx, task: NewTask): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into work_task (institution_id, complaint, unit, agency_id, disclosed, state, asked_by, asked_at, due_at, wake_at) values ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9) returning id`,
      [task.institutionId, task.complaintId, task.unitId, task.agencyId, task.disclosed, task.by, task.at, task.dueAt, task.wakeAt],
    );
    if (!row) throw new Error('the task was not stored');
    return row.id;
  }

  async addEntry(tx: Tx, institutionId: string, entry: EntryRecord): Promise<void> {
    await tx.query(
      `insert into work_entry (institution_id, task, round, kind, at, by, due_at, text_sealed, reason_sealed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [institutionId, entry.taskId, entry.round, entry.kind, entry.at, entry.by, entry.dueAt, entry.textSealed, entry.reasonSealed],
    );
  }

  /** Of the institution; null also for what is not an agency's to see. */
  async find(tx: Tx, institutionId: string, agencyId: string | null, id: string): Promise<TaskRecord | null> {
    const [row] = await tx.query<TaskRecord>(
      `${TASK} where t.id = $3 and t.institution_id = $1 and ($2::text is null or t.agency_id = $2)`,
      [institutionId, agencyId, id],
    );
    return row ?? null;
  }

  async ofComplaint(tx: Tx, complaintId: string): Promise<TaskRecord[]> {
    return tx.query<TaskRecord>(`${TASK} where t.complaint = $1 order by t.id`, [complaintId]);
  }

  /** Those that are due first first; one more than the limit, if there are so many. */
  async list(tx: Tx, filter: TaskFilter): Promise<TaskRecord[]> {
    const [dueAt = null, id = null] = filter.after ?? [];
    return tx.query<TaskRecord>(
      `${TASK} where t.institution_id = $1 and (case when $2::text is not null then t.agency_id = $2 else $3 or t.asked_by = $4 or u.code = $5 end)
         and ($6::text is null or t.state = $6) and (not $7 or (t.state = 'open' and t.due_at <= $8)) and ($9::timestamptz is null or (t.due_at, t.id) > ($9, $10::uuid))
       order by t.due_at, t.id limit $11`,
      [
        filter.institutionId,
        filter.agencyId,
        filter.all,
        filter.subject,
        filter.unit,
        filter.state,
        filter.overdue,
        filter.now,
        dueAt,
        id,
        filter.limit + 1,
      ],
    );
  }

  async entries(tx: Tx, taskIds: readonly string[]): Promise<EntryRecord[]> {
    if (taskIds.length === 0) return [];
    return tx.query<EntryRecord>(
      `select task as "taskId", round, kind, at, by, due_at as "dueAt", text_sealed as "textSealed", reason_sealed as "reasonSealed" from work_entry where task = any($1) order by id`,
      [taskIds],
    );
  }

  async addFile(tx: Tx, institutionId: string, file: { taskId: string; fileId: string; by: string; at: Date }): Promise<void> {
    await tx.query('insert into work_file (institution_id, task, file, added_by, added_at) values ($1, $2, $3, $4, $5)', [
      institutionId,
      file.taskId,
      file.fileId,
      file.by,
      file.at,
    ]);
  }

  async fileIds(tx: Tx, taskId: string): Promise<string[]> {
    const rows = await tx.query<{ file: string }>('select file from work_file where task = $1', [taskId]);
    return rows.map(({ file }) => file);
  }

  async answer(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.query(`update work_task set state = 'answered', answered_at = $2, wake_at = null where id = $1`, [id, at]);
  }

  async reopen(tx: Tx, id: string, dueAt: Date, wakeAt: Date): Promise<void> {
    await tx.query(`update work_task set state = 'open', round = round + 1, answered_at = null, due_at = $2, wake_at = $3 where id = $1`, [
      id,
      dueAt,
      wakeAt,
    ]);
  }

  async settle(tx: Tx, id: string, state: 'accepted' | 'cancelled', at: Date): Promise<void> {
    await tx.query('update work_task set state = $2, settled_at = $3, wake_at = null where id = $1', [id, state, at]);
  }
}
