import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export const DEFAULT_REMIND_PERCENT = 25;

export interface TaskRow {
  readonly kind: string;
  readonly resource: string;
  readonly caseUuid?: string;
  readonly agencyId?: string | null;
  readonly role: string;
  readonly person?: string;
  readonly dueAt?: Date;
  readonly limitHours: number;
  readonly detail?: Readonly<Record<string, unknown>>;
}

@Injectable()
export class TaskStore {
  /** In one statement; what is open already stays. */
  async open(tx: Tx, institutionId: string, tasks: readonly TaskRow[], at: Date): Promise<void> {
    await tx.query(
      `insert into task (institution_id, kind, resource, collection_case, agency_id, role, person, detail, opened_at, due_at, remind_at)
       select $1, r.kind, r.resource, r."caseUuid", r."agencyId", r.role, r.person, coalesce(r.detail, '{}'), $3::timestamptz, d.due_at,
         least(d.due_at, d.due_at - (d.due_at - $3::timestamptz) * (coalesce(s.remind_percent, $4) / 100.0))
       from json_to_recordset($2) as r(kind text, resource text, "caseUuid" uuid, "agencyId" text, role text, person text, detail json, "dueAt" timestamptz, "limitHours" integer)
       left join task_limit l on l.kind = r.kind and l.institution_id = $1
       left join task_setting s on s.institution_id = $1
       cross join lateral (select coalesce(r."dueAt", $3::timestamptz + make_interval(hours => coalesce(l.limit_hours, r."limitHours"))) as due_at) d
       on conflict (resource, kind, institution_id) where done_at is null do nothing`,
      [institutionId, JSON.stringify(tasks), at, DEFAULT_REMIND_PERCENT],
    );
  }

  async close(
    tx: Tx,
    institutionId: string,
    { kind, resource }: { readonly kind: string; readonly resource: string },
    { by, outcome, at }: { readonly by: string; readonly outcome: string; readonly at: Date },
  ): Promise<boolean> {
    const closed = await tx.query<{ id: string }>(
      `with done as (
         update task set done_at = $4, done_by = $5, outcome = $6 where institution_id = $1 and kind = $2 and resource = $3 and done_at is null returning id)
       select id from done`,
      [institutionId, kind, resource, at, by, outcome],
    );
    return closed.length > 0;
  }
}
