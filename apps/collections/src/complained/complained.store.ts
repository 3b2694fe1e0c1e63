import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface CaseComplaintRecord {
  readonly complaintId: string;
  readonly number: string;
  readonly receivedAt: Date;
  readonly closedAt: Date | null;
  readonly outcome: string | null;
  readonly heldSince: Date | null;
  readonly heldUntil: Date | null;
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly channel: string | null;
  readonly onePoint: boolean;
}

export interface CauseRecord {
  readonly kind: string;
  readonly target: string | null;
  readonly targetVersion: number | null;
  readonly agencyId: string | null;
  readonly complaints: number;
  readonly upheld: number;
  readonly lastConfirmedAt: Date;
  readonly numbers: readonly string[];
}

@Injectable()
export class ComplainedStore {
  /** Of the debtor of a case: a complaint holds contact in all of them. */
  async ofCase(tx: Tx, institutionId: string, caseUuid: string): Promise<CaseComplaintRecord[]> {
    return tx.query<CaseComplaintRecord>(
      `select f.complaint_id as "complaintId", f.number, f.received_at as "receivedAt", f.closed_at as "closedAt", f.outcome, case when a.hold is not null then a.from_at end as "heldSince",
         case when a.hold is not null then a.until_at end as "heldUntil", a.agency_id as "agencyId", a.collector_id as "collectorId", a.channel, a.contact_point is not null as "onePoint"
       from collection_case c join complaint_file f on f.debtor = c.debtor or f.account in (c.case_id, c.debt_id)
         left join complaint_hold a on a.complaint_id = f.complaint_id and a.institution_id = f.institution_id
       where c.id = $2 and c.institution_id = $1 and f.institution_id = $1 order by f.received_at desc, f.complaint_id desc limit 50`,
      [institutionId, caseUuid],
    );
  }

  async causes(
    tx: Tx,
    institutionId: string,
    { kind, agencyId, from }: { readonly kind: string | null; readonly agencyId: string | null; readonly from: Date | null },
  ): Promise<CauseRecord[]> {
    return tx.query<CauseRecord>(
      `select k.kind, k.target, k.target_version as "targetVersion", k.agency_id as "agencyId", count(distinct k.complaint_id)::integer as complaints,
         (count(distinct k.complaint_id) filter (where f.outcome in ('upheld', 'partly-upheld')))::integer as upheld, max(k.confirmed_at) as "lastConfirmedAt",
         (array_agg(k.number order by k.confirmed_at desc))[1:10] as numbers
       from complaint_cause k left join complaint_file f on f.complaint_id = k.complaint_id and f.institution_id = k.institution_id
       where k.institution_id = $1 and ($2::text is null or k.kind = $2) and ($3::text is null or k.agency_id = $3) and ($4::timestamptz is null or f.received_at >= $4)
       group by 1, 2, 3, 4 order by 5 desc, 7 desc, 1, 2 limit 200`,
      [institutionId, kind, agencyId, from],
    );
  }
}
