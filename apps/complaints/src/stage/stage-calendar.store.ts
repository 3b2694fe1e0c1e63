import { Injectable } from '@nestjs/common';
import { alongIndex, type Tx } from '#pg';

/** A stage that is not done and counts working days. */
export interface WorkingStage {
  readonly id: string;
  readonly complaintId: string;
  readonly stage: string;
  /** From when, and how many working days. */
  readonly countedFrom: Date;
  readonly countedAmount: number;
  readonly timeZone: string;
  readonly baseDueAt: Date;
}

const NONE = '00000000-0000-0000-0000-000000000000';
const COLUMNS = `e.id, e.complaint as "complaintId", e.stage, e.counted_from as "countedFrom", e.counted_amount as "countedAmount", c.time_zone as "timeZone", e.base_due_at as "baseDueAt"`;
const MEETING = `e.done_at is null and e.counted_unit = 'working-days' and e.institution_id = $1 and c.closed_at is null and c.decided_at is null
  and exists (select from unnest($2::date[]) as d(day)
    where d.day > (e.counted_from at time zone c.time_zone)::date and d.day < (e.base_due_at at time zone c.time_zone)::date)`;

@Injectable()
export class StageCalendarStore {
  /** Those whose days meet one of these, in order of id. */
  async meeting(
    tx: Tx,
    institutionId: string,
    days: readonly string[],
    afterId: string | null,
    limit: number,
  ): Promise<readonly WorkingStage[]> {
    const sql = `select ${COLUMNS} from stage_entry e join complaint c on c.id = e.complaint where ${MEETING} and e.id > $3 order by e.id limit $4`;
    const [, rows] = await Promise.all([alongIndex(tx), tx.query<WorkingStage>(sql, [institutionId, days, afterId ?? NONE, limit])]);
    return rows;
  }

  /** Of these the ones that are still not done; nobody moves or decides their complaints until the transaction ends. */
  async lock(tx: Tx, ids: readonly string[]): Promise<readonly WorkingStage[]> {
    // Complaints before their stages, as whoever moves a stage does.
    await tx.query('select from complaint where id in (select complaint from stage_entry where id = any($1)) order by id for update', [
      ids,
    ]);
    return tx.query<WorkingStage>(
      `select ${COLUMNS} from stage_entry e join complaint c on c.id = e.complaint
       where e.id = any($1) and e.done_at is null and c.closed_at is null and c.decided_at is null order by e.id`,
      [ids],
    );
  }

  /** The sweep looks at them again at once. */
  async write(tx: Tx, moved: readonly { readonly id: string; readonly baseDueAt: Date }[], now: Date): Promise<void> {
    await tx.query(
      `update stage_entry e set base_due_at = r."baseDueAt", wake_at = $2 from json_to_recordset($1) as r(id uuid, "baseDueAt" timestamptz) where e.id = r.id`,
      [JSON.stringify(moved), now],
    );
  }
}
