import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export const REPORT_KINDS = ['first', 'progress', 'closing'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export const REPORT_STATES = ['draft', 'waiting', 'approved', 'returned', 'replaced', 'sent'] as const;
export type ReportState = (typeof REPORT_STATES)[number];

export interface ReportRecord {
  readonly id: string;
  readonly kind: ReportKind;
  readonly state: ReportState;
  readonly receiver: string;
  readonly contentSealed: Buffer;
  readonly draftedBy: string;
  readonly draftedAt: Date;
  readonly submittedBy: string | null;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly paper: string | null;
  readonly sentBy: string | null;
  readonly sentAt: Date | null;
  readonly proofSealed: Buffer | null;
  readonly files: readonly string[];
}

const COLUMNS = `id, kind, state, receiver, content_sealed as "contentSealed", drafted_by as "draftedBy", drafted_at as "draftedAt", submitted_by as "submittedBy",
  settled_by as "settledBy", settled_at as "settledAt", paper, sent_by as "sentBy", sent_at as "sentAt", proof_sealed as "proofSealed", files`;

@Injectable()
export class MajorReportStore {
  async list(tx: Tx, matter: string): Promise<ReportRecord[]> {
    return tx.query(`select ${COLUMNS} from major_report where matter = $1 order by id`, [matter]);
  }

  async find(tx: Tx, matter: string, id: string): Promise<ReportRecord | null> {
    const [row] = await tx.query<ReportRecord>(`select ${COLUMNS} from major_report where matter = $1 and id = $2`, [matter, id]);
    return row ?? null;
  }

  async insert(
    tx: Tx,
    report: { institutionId: string; matter: string; kind: ReportKind; receiver: string; contentSealed: Buffer; by: string; at: Date },
  ): Promise<string> {
    const { institutionId, matter, kind, receiver, contentSealed, by, at } = report;
    const [row] = await tx.query<{ id: string }>(
      `insert into major_report (institution_id, matter, kind, receiver, content_sealed, drafted_by, drafted_at) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [institutionId, matter, kind, receiver, contentSealed, by, at],
    );
    if (!row) throw new Error('the report was not stored');
    return row.id;
  }

  async replace(tx: Tx, id: string): Promise<void> {
    await tx.query(`update major_report set state = 'replaced' where id = $1`, [id]);
  }

  async submit(tx: Tx, id: string, by: string): Promise<void> {
    await tx.query(`update major_report set state = 'waiting', submitted_by = $2 where id = $1`, [id, by]);
  }

  async settle(tx: Tx, id: string, word: { state: 'approved' | 'returned'; by: string; at: Date; paper: string | null }): Promise<void> {
    await tx.query('update major_report set state = $2, settled_by = $3, settled_at = $4, paper = $5 where id = $1', [
      id,
      word.state,
      word.by,
      word.at,
      word.paper,
    ]);
  }

  async sent(tx: Tx, id: string, word: { by: string; at: Date; proofSealed: Buffer; files: readonly string[] }): Promise<void> {
    await tx.query(`update major_report set state = 'sent', sent_by = $2, sent_at = $3, proof_sealed = $4, files = $5 where id = $1`, [
      id,
      word.by,
      word.at,
      word.proofSealed,
      word.files,
    ]);
  }
}
