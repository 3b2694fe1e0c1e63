import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { ReviewFinding, ReviewOutcome, ReviewState } from './review.dto.ts';

export interface ReviewRecord {
  readonly id: string;
  readonly complaintId: string;
  readonly number: string;
  readonly subjectSealed: Buffer;
  readonly toldAt: Date;
  readonly windowEndsOn: string;
  readonly requestedAt: Date;
  readonly receivedAt: Date;
  readonly requester: 'complainant' | 'proxy';
  readonly reasonsSealed: Buffer;
  readonly files: readonly string[];
  readonly late: boolean;
  readonly graceSealed: Buffer | null;
  readonly dueOn: string;
  readonly dueAt: Date;
  readonly timeZone: string;
  readonly state: ReviewState;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly reviewer: string | null;
  readonly unit: string | null;
  readonly takenAt: Date | null;
  readonly processProper: boolean | null;
  readonly processSealed: Buffer | null;
  readonly termProper: boolean | null;
  readonly termSealed: Buffer | null;
  readonly resultProper: boolean | null;
  readonly resultSealed: Buffer | null;
  readonly outcome: ReviewOutcome | null;
  readonly decisionSealed: Buffer | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly toldForm: string | null;
  readonly toldProofSealed: Buffer | null;
  readonly reviewToldAt: Date | null;
  readonly toldBy: string | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawalSealed: Buffer | null;
  readonly successorId: string | null;
}

export type NewReview = Pick<
  ReviewRecord,
  | 'complaintId'
  | 'toldAt'
  | 'windowEndsOn'
  | 'requestedAt'
  | 'receivedAt'
  | 'requester'
  | 'reasonsSealed'
  | 'files'
  | 'late'
  | 'graceSealed'
  | 'dueOn'
  | 'dueAt'
  | 'timeZone'
  | 'askedBy'
  | 'askedAt'
> & { readonly institutionId: string };

export interface ReviewDecision {
  readonly findings: Readonly<Record<ReviewFinding, { readonly proper: boolean; readonly sealed: Buffer }>>;
  readonly outcome: ReviewOutcome;
  readonly decisionSealed: Buffer;
  readonly by: string;
  readonly at: Date;
  readonly successorId: string | null;
}

const COLUMNS = `
  r.id, r.complaint as "complaintId", c.number, c.subject_sealed as "subjectSealed", r.told_at as "toldAt", r.window_ends_on as "windowEndsOn", r.requested_at as "requestedAt",
  r.received_at as "receivedAt", r.requester, r.reasons_sealed as "reasonsSealed", r.files, r.late, r.grace_sealed as "graceSealed", r.due_on as "dueOn", r.due_at as "dueAt",
  r.time_zone as "timeZone", r.state, r.asked_by as "askedBy", r.asked_at as "askedAt", r.reviewer, r.unit, r.taken_at as "takenAt", r.process_proper as "processProper",
  r.process_sealed as "processSealed", r.term_proper as "termProper", r.term_sealed as "termSealed", r.result_proper as "resultProper", r.result_sealed as "resultSealed", r.outcome,
  r.decision_sealed as "decisionSealed", r.decided_by as "decidedBy", r.decided_at as "decidedAt", r.told_form as "toldForm", r.told_proof_sealed as "toldProofSealed",
  r.review_told_at as "reviewToldAt", r.told_by as "toldBy", r.withdrawn_at as "withdrawnAt", r.withdrawal_sealed as "withdrawalSealed", r.successor as "successorId"`;
const FROM = 'review r join complaint c on c.id = r.complaint';

export interface ReviewFilter {
  readonly institutionId: string;
  readonly open: boolean | null;
  readonly state: ReviewState | null;
  readonly overdueAt: Date | null;
  readonly reviewer: string | null;
  /** Where a page goes on. */
  readonly after: { readonly dueAt: string; readonly id: string } | null;
  readonly limit: number;
}

@Injectable()
export class ReviewStore {
  async add(tx: Tx, review: NewReview): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into review (institution_id, complaint, told_at, window_ends_on, requested_at, received_at, requester, reasons_sealed, files, late, grace_sealed, due_on, due_at,
         time_zone, state, asked_by, asked_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'asked', $15, $16) returning id`,
      [
        review.institutionId,
        review.complaintId,
        review.toldAt,
        review.windowEndsOn,
        review.requestedAt,
        review.receivedAt,
        review.requester,
        review.reasonsSealed,
        review.files,
        review.late,
        review.graceSealed,
        review.dueOn,
        review.dueAt,
        review.timeZone,
        review.askedBy,
        review.askedAt,
      ],
    );
    return row?.id ?? '';
  }

  async complaintOf(tx: Tx, institutionId: string, id: string): Promise<string | null> {
    const [row] = await tx.query<{ complaint: string }>('select complaint from review where institution_id = $1 and id = $2', [
      institutionId,
      id,
    ]);
    return row?.complaint ?? null;
  }

  async find(tx: Tx, id: string): Promise<ReviewRecord | null> {
    const [row] = await tx.query<ReviewRecord>(`select ${COLUMNS} from ${FROM} where r.id = $1`, [id]);
    return row ?? null;
  }

  async ofComplaint(tx: Tx, complaintId: string): Promise<ReviewRecord[]> {
    return tx.query<ReviewRecord>(`select ${COLUMNS} from ${FROM} where r.complaint = $1 order by r.id`, [complaintId]);
  }

  /** Whether the decision has a review that nobody took back. */
  async isReviewed(tx: Tx, complaintId: string): Promise<boolean> {
    return (await tx.query(`select from review where complaint = $1 and state <> 'withdrawn'`, [complaintId])).length > 0;
  }

  /** By when they are due; one more than the limit, if there are so many. */
  async list(tx: Tx, { institutionId, open, state, overdueAt, reviewer, after, limit }: ReviewFilter): Promise<ReviewRecord[]> {
    return tx.query<ReviewRecord>(
      `select ${COLUMNS} from ${FROM}
       where r.institution_id = $1 and ($2::boolean is null or (r.state in ('asked', 'taken', 'decided')) = $2) and ($3::text is null or r.state = $3)
         and ($4::timestamptz is null or (r.due_at <= $4 and r.state in ('asked', 'taken', 'decided'))) and ($5::text is null or r.reviewer = $5)
         and ($6::timestamptz is null or (r.due_at, r.id) > ($6, $7::uuid))
       order by r.due_at, r.id limit $8`,
      [institutionId, open, state, overdueAt, reviewer, after?.dueAt ?? null, after?.id ?? null, limit + 1],
    );
  }

  async take(tx: Tx, id: string, by: { readonly reviewer: string; readonly unit: string | null; readonly at: Date }): Promise<void> {
    await tx.query(`update review set state = 'taken', reviewer = $2, unit = $3, taken_at = $4 where id = $1`, [
      id,
      by.reviewer,
      by.unit,
      by.at,
    ]);
  }

  async decide(tx: Tx, id: string, { findings, outcome, decisionSealed, by, at, successorId }: ReviewDecision): Promise<void> {
    const { process, term, result } = findings;
    await tx.query(
      `update review set state = 'decided', process_proper = $2, process_sealed = $3, term_proper = $4, term_sealed = $5, result_proper = $6, result_sealed = $7,
         outcome = $8, decision_sealed = $9, decided_by = $10, decided_at = $11, successor = $12 where id = $1`,
      [
        id,
        process.proper,
        process.sealed,
        term.proper,
        term.sealed,
        result.proper,
        result.sealed,
        outcome,
        decisionSealed,
        by,
        at,
        successorId,
      ],
    );
  }

  async tell(
    tx: Tx,
    id: string,
    told: { readonly form: string; readonly proofSealed: Buffer; readonly at: Date; readonly by: string },
  ): Promise<void> {
    await tx.query(
      `update review set state = 'told', told_form = $2, told_proof_sealed = $3, review_told_at = $4, told_by = $5 where id = $1`,
      [id, told.form, told.proofSealed, told.at, told.by],
    );
  }

  async withdraw(tx: Tx, id: string, at: Date, evidenceSealed: Buffer): Promise<void> {
    await tx.query(`update review set state = 'withdrawn', withdrawn_at = $2, withdrawal_sealed = $3 where id = $1`, [
      id,
      at,
      evidenceSealed,
    ]);
  }
}
