import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { REPORT_COLUMNS, type ReportRecord } from '../report.store.ts';

/** What happens to a report beside its making. */
@Injectable()
export class LifeStore {
  /** The report, held until the end of the transaction, and before it the one that it corrects. */
  async hold(tx: Tx, institutionId: string, id: string): Promise<ReportRecord | null> {
    await tx.query(
      `select from report where institution_id = $1 and id in (select corrects from report where id = $2 and institution_id = $1 union all select $2::uuid)
       order by id for update`,
      [institutionId, id],
    );
    const [row] = await tx.query<ReportRecord>(`select ${REPORT_COLUMNS} from report where id = $1 and institution_id = $2`, [
      id,
      institutionId,
    ]);
    return row ?? null;
  }

  async cancel(tx: Tx, id: string, by: string, now: Date): Promise<void> {
    await tx.query(`update report set state = 'cancelled', ended_by = $2, finished_at = $3, touched_at = clock_timestamp() where id = $1`, [
      id,
      by,
      now,
    ]);
  }

  /** Signs it; what it corrects is of the past. */
  async sign(tx: Tx, { id, corrects }: ReportRecord, by: string, now: Date): Promise<void> {
    if (corrects !== null)
      await tx.query(`update report set state = 'superseded', touched_at = clock_timestamp() where id = $1 and state = 'signed'`, [
        corrects,
      ]);
    await tx.query(`update report set state = 'signed', signed_by = $2, signed_at = $3, touched_at = clock_timestamp() where id = $1`, [
      id,
      by,
      now,
    ]);
  }

  /** The correction of a report that is being made, waits or is signed. */
  async correctionOf(tx: Tx, id: string): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(`select id from report where corrects = $1 and state not in ('cancelled', 'failed')`, [
      id,
    ]);
    return row?.id ?? null;
  }
}
