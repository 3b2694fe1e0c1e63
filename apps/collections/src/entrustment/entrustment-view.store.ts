import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { ProposalRecord } from './entrustment.store.ts';

export interface LedgerRecord {
  readonly id: string;
  readonly agencyId: string;
  readonly agencyName: string | null;
  readonly from: Date;
  readonly until: Date | null;
  readonly begunBy: string;
  readonly endedBy: string | null;
  readonly begunCause: string;
  readonly endedCause: string | null;
  readonly reasonSealed: Buffer | null;
  readonly endReasonSealed: Buffer | null;
  readonly allocation: string | null;
  readonly noticeAt: Date | null;
  readonly balance: string;
  readonly currency: string;
  readonly balanceAtEnd: string | null;
}

export interface PendingFilter {
  readonly institutionId: string;
  readonly agencyId: string | null;
  readonly after: string | null;
  readonly limit: number;
}

/** What is read of entrustments. */
@Injectable()
export class EntrustmentViewStore {
  /** The newest first. An agency sees its own rows alone. */
  async history(tx: Tx, caseUuid: string, own: string | null): Promise<LedgerRecord[]> {
    return tx.query<LedgerRecord>(
      `select e.id, e.agency_id as "agencyId", a.name as "agencyName", e.from_at as "from", e.until_at as until, e.begun_by as "begunBy", e.ended_by as "endedBy",
         e.begun_cause as "begunCause", e.ended_cause as "endedCause", e.reason_sealed as "reasonSealed", e.end_reason_sealed as "endReasonSealed", e.allocation,
         e.notice_at as "noticeAt", e.balance::text as balance, e.currency, e.balance_at_end::text as "balanceAtEnd"
       from entrustment e left join agency a on a.agency_id = e.agency_id and a.institution_id = e.institution_id
       where e.collection_case = $1 and ($2::text is null or e.agency_id = $2) order by e.from_at desc, e.id desc limit 200`,
      [caseUuid, own],
    );
  }

  async lastProposal(tx: Tx, caseUuid: string): Promise<ProposalRecord | null> {
    const [row] = await tx.query<ProposalRecord>(
      `select p.id, p.collection_case as "caseUuid", c.case_id as "caseId", p.agency_id as "agencyId", p.state, p.proposed_by as "proposedBy", p.proposed_at as "proposedAt",
         p.reason_sealed as "reasonSealed", p.allocation, p.cause, p.notice_at as "noticeAt", p.ready_at as "readyAt", p.ended_at as "endedAt", p.blocks
       from entrustment_proposal p join collection_case c on c.id = p.collection_case where p.collection_case = $1 order by p.id desc limit 1`,
      [caseUuid],
    );
    return row ?? null;
  }

  /** In order of id; one more than the limit, if there are so many. */
  async pending(tx: Tx, { institutionId, agencyId, after, limit }: PendingFilter): Promise<ProposalRecord[]> {
    return tx.query<ProposalRecord>(
      `select p.id, p.collection_case as "caseUuid", c.case_id as "caseId", p.agency_id as "agencyId", p.state, p.proposed_by as "proposedBy", p.proposed_at as "proposedAt",
         p.reason_sealed as "reasonSealed", p.allocation, p.cause, p.notice_at as "noticeAt", p.ready_at as "readyAt", p.ended_at as "endedAt", p.blocks
       from entrustment_proposal p join collection_case c on c.id = p.collection_case
       where p.institution_id = $1 and p.state in ('awaiting-notice', 'awaiting-time') and ($2::text is null or p.agency_id = $2) and ($3::uuid is null or p.id > $3)
       order by p.id limit $4`,
      [institutionId, agencyId, after, limit + 1],
    );
  }
}
