import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Outcome, Severity } from './content.ts';
import type { ApproverRole } from './matrix.ts';

export const DECISION_STATES = ['draft', 'superseded', 'waiting', 'returned', 'withdrawn', 'lapsed', 'decided'] as const;
export type DecisionState = (typeof DECISION_STATES)[number];

export interface NewDecision {
  readonly institutionId: string;
  readonly complaintId: string;
  readonly state: DecisionState;
  readonly outcome: Outcome;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly severity: Severity;
  readonly contentSealed: Buffer;
  readonly draftedBy: string;
  readonly draftedAt: Date;
  readonly decidedAt: Date | null;
}

export interface DecisionRecord extends NewDecision {
  readonly id: string;
  readonly version: number;
  readonly submittedBy: string | null;
  readonly submittedAt: Date | null;
  readonly role: ApproverRole | null;
  readonly approvers: number;
  readonly matrixVersion: number | null;
  readonly settledAt: Date | null;
}

export interface Verdict {
  readonly decision: string;
  readonly by: string;
  readonly verdict: 'approved' | 'returned';
  readonly at: Date;
  readonly noteSealed: Buffer | null;
}

const SELECT = `select d.id, d.institution_id as "institutionId", d.complaint as "complaintId", d.version, d.state, d.outcome, d.amount::text as amount, d.currency, d.severity,
  d.content_sealed as "contentSealed", d.drafted_by as "draftedBy", d.drafted_at as "draftedAt", d.submitted_by as "submittedBy", d.submitted_at as "submittedAt", d.role,
  d.approvers, d.matrix_version as "matrixVersion", d.settled_at as "settledAt", d.decided_at as "decidedAt" from complaint_decision d`;

/** Every caller holds the lock of the complaint: what is read here stays so until he commits. */
@Injectable()
export class DecisionStore {
  /** The newest first. */
  async list(tx: Tx, complaintId: string): Promise<DecisionRecord[]> {
    return tx.query(`${SELECT} where d.complaint = $1 order by d.version desc limit 200`, [complaintId]);
  }

  async find(tx: Tx, complaintId: string, version: number): Promise<DecisionRecord | null> {
    const [row] = await tx.query<DecisionRecord>(`${SELECT} where d.complaint = $1 and d.version = $2`, [complaintId, version]);
    return row ?? null;
  }

  async made(tx: Tx, complaintId: string): Promise<DecisionRecord | null> {
    const [row] = await tx.query<DecisionRecord>(`${SELECT} where d.complaint = $1 and d.state = 'decided'`, [complaintId]);
    return row ?? null;
  }

  async add(tx: Tx, row: NewDecision): Promise<number> {
    const [made] = await tx.query<{ version: number }>(
      `insert into complaint_decision (institution_id, complaint, version, state, outcome, amount, currency, severity, content_sealed, drafted_by, drafted_at, decided_at, settled_at)
       values ($1, $2, (select coalesce(max(version), 0) + 1 from complaint_decision where complaint = $2), $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) returning version`,
      [
        row.institutionId,
        row.complaintId,
        row.state,
        row.outcome,
        row.amount,
        row.currency,
        row.severity,
        row.contentSealed,
        row.draftedBy,
        row.draftedAt,
        row.decidedAt,
      ],
    );
    if (!made) throw new Error('the decision was not stored');
    return made.version;
  }

  async submit(
    tx: Tx,
    id: string,
    {
      by,
      at,
      role,
      approvers,
      matrixVersion,
    }: {
      readonly by: string;
      readonly at: Date;
      readonly role: ApproverRole | null;
      readonly approvers: number;
      readonly matrixVersion: number;
    },
  ): Promise<void> {
    await tx.query(
      `update complaint_decision set state = case when $4::text is null then state else 'waiting' end, submitted_by = $2, submitted_at = $3, role = $4, approvers = $5, matrix_version = $6
       where id = $1`,
      [id, by, at, role, approvers, matrixVersion],
    );
  }

  /** To where it stays. */
  async settle(tx: Tx, id: string, state: Exclude<DecisionState, 'draft' | 'waiting'>, at: Date): Promise<void> {
    await tx.query(
      `update complaint_decision set state = $2, settled_at = $3, decided_at = case when $2 = 'decided' then $3::timestamptz end where id = $1`,
      [id, state, at],
    );
  }

  async verdicts(tx: Tx, decisions: readonly string[]): Promise<Verdict[]> {
    return tx.query(
      `select decision, by, verdict, at, note_sealed as "noteSealed" from decision_verdict where decision = any($1) order by at, by`,
      [decisions],
    );
  }

  async judge(tx: Tx, institutionId: string, { decision, by, verdict, at, noteSealed }: Verdict): Promise<void> {
    await tx.query(
      `insert into decision_verdict (institution_id, decision, by, verdict, at, note_sealed) values ($1, $2, $3, $4, $5, $6)
       on conflict (decision, by) do update set verdict = excluded.verdict, at = excluded.at, note_sealed = excluded.note_sealed`,
      [institutionId, decision, by, verdict, at, noteSealed],
    );
  }

  /** Waiting ones whose complaint is closed meanwhile: nobody can approve them any more. */
  async stranded(tx: Tx, limit: number): Promise<{ readonly id: string; readonly institutionId: string; readonly complaintId: string }[]> {
    return tx.query(
      `select d.id, d.institution_id as "institutionId", d.complaint as "complaintId" from complaint_decision d join complaint c on c.id = d.complaint
       where d.state = 'waiting' and c.closed_at is not null order by d.id limit $1`,
      [limit],
    );
  }

  /** Rests what waits, unless somebody has settled it meanwhile. */
  async lapse(tx: Tx, id: string, at: Date): Promise<boolean> {
    const rows = await tx.query(
      `update complaint_decision set state = 'lapsed', settled_at = $2 where id = $1 and state = 'waiting' returning id`,
      [id, at],
    );
    return rows.length > 0;
  }
}
