import { Injectable } from '@nestjs/common';
import type { Role } from '#auth';
import { append } from '#evidence-log';
import type { Tx } from '#pg';
import type { ApprovalKind } from './approval-kinds.ts';
import type { ApprovalOutcome, ApprovalState } from './approval.dto.ts';

/** What is to be approved: a row of the room that names the kind. */
export interface ApprovalOf {
  readonly institutionId: string;
  readonly kind: ApprovalKind;
  readonly ref: string;
}

export interface NewApproval extends ApprovalOf {
  readonly complaintId: string | null;
  /** Whoever has it may settle. */
  readonly role: Role;
  readonly askedBy: string;
  readonly noteSealed: Buffer | null;
}

export interface ApprovalRecord extends NewApproval {
  readonly id: string;
  readonly askedAt: Date;
  readonly settledAt: Date | null;
  readonly settledBy: string | null;
  readonly outcome: ApprovalOutcome | null;
}

export interface ListedApproval extends ApprovalRecord {
  readonly complaintNumber: string | null;
  readonly dueOn: string | null;
  readonly timeZone: string | null;
}

export interface ApprovalFilter {
  readonly institutionId: string;
  readonly state: ApprovalState;
  readonly kind: string | null;
  readonly subject: string;
  readonly roles: readonly Role[];
}

const COLUMNS = `a.id, a.institution_id as "institutionId", a.complaint as "complaintId", a.kind, a.ref, a.role, a.asked_by as "askedBy", a.asked_at as "askedAt",
  a.note_sealed as "noteSealed", a.settled_at as "settledAt", a.settled_by as "settledBy", a.outcome`;

const WHICH: Readonly<Record<ApprovalState, string>> = {
  'awaiting-me': 'a.settled_at is null and a.role = any($3) and a.asked_by <> $2',
  open: 'a.settled_at is null',
  'asked-by-me': 'a.asked_by = $2',
  settled: 'a.settled_at is not null',
};

@Injectable()
export class ApprovalStore {
  /** Null: the same is asked for and open. */
  async insert(tx: Tx, asked: NewApproval, now: Date): Promise<string | null> {
    const { institutionId, complaintId, kind, ref, role, askedBy, noteSealed } = asked;
    const [row] = await tx.query<{ id: string }>(
      `insert into approval_request (institution_id, complaint, kind, ref, role, asked_by, asked_at, note_sealed) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (ref, kind) where settled_at is null do nothing returning id`,
      [institutionId, complaintId, kind, ref, role, askedBy, now, noteSealed],
    );
    if (!row) return null;
    const body = { approvalId: row.id, kind, ref, complaintId, role, at: now, noted: noteSealed !== null };
    await append(tx, institutionId, [{ kind: 'approval-asked', actor: askedBy, body }]);
    return row.id;
  }

  /** The latest request for it, and nobody else settles it until the transaction ends. */
  async lock(tx: Tx, { institutionId, kind, ref }: ApprovalOf): Promise<ApprovalRecord | null> {
    const [row] = await tx.query<ApprovalRecord>(
      `select ${COLUMNS} from approval_request a where a.institution_id = $1 and a.ref = $2 and a.kind = $3 order by a.id desc limit 1 for update`,
      [institutionId, ref, kind],
    );
    return row ?? null;
  }

  async settle(
    tx: Tx,
    { id, institutionId, kind, ref, complaintId, askedBy }: ApprovalRecord,
    by: string,
    outcome: ApprovalOutcome,
    now: Date,
  ): Promise<void> {
    await tx.query('update approval_request set settled_at = $2, settled_by = $3, outcome = $4 where id = $1', [id, now, by, outcome]);
    const body = { approvalId: id, kind, ref, complaintId, askedBy, outcome, at: now };
    await append(tx, institutionId, [{ kind: 'approval-settled', actor: by, body }]);
  }

  /** Open ones the oldest first, others the newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, filter: ApprovalFilter, after: string | null, limit: number): Promise<ListedApproval[]> {
    const { institutionId, state, kind, subject, roles } = filter;
    const isOpen = state === 'awaiting-me' || state === 'open';
    return tx.query<ListedApproval>(
      `select ${COLUMNS}, c.number as "complaintNumber", c.due_on as "dueOn", c.time_zone as "timeZone"
       from approval_request a left join complaint c on c.id = a.complaint
       where a.institution_id = $1 and ${WHICH[state]} and ($4::text is null or a.kind = $4) and ($5::uuid is null or a.id ${isOpen ? '>' : '<'} $5)
         -- Not every list asks for them.
         and ($2::text, $3::text[]) is not null
       order by a.id ${isOpen ? '' : 'desc'} limit $6`,
      [institutionId, subject, roles, kind, after, limit + 1],
    );
  }
}
