import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { append } from '#evidence-log';
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
  async sign(tx: Tx, record: ReportRecord, by: string, now: Date): Promise<void> {
    const { id, corrects } = record;
    if (corrects !== null)
      await tx.query(`update report set state = 'superseded', touched_at = clock_timestamp() where id = $1 and state = 'signed'`, [
        corrects,
      ]);
    await tx.query(`update report set state = 'signed', signed_by = $2, signed_at = $3, touched_at = clock_timestamp() where id = $1`, [
      id,
      by,
      now,
    ]);
    const { institutionId, kind, from, to, version, requestedBy, documentSha256, correctionReason } = record;
    const files = record.files.map(({ name, sha256 }) => ({ name, sha256 }));
    const signed = { reportId: id, kind, period: { from, to }, version, requestedBy, signedAt: now, documentSha256, files };
    // Why it was corrected is what somebody wrote; its hash says that it was that.
    const reason = correctionReason && createHash('sha256').update(correctionReason).digest('hex');
    await append(tx, institutionId, [
      { kind: 'report-signed', actor: by, body: signed },
      ...(corrects === null
        ? []
        : [{ kind: 'report-corrected' as const, actor: by, body: { reportId: corrects, by: id, kind, version, reasonSha256: reason } }]),
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
