import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { HoldRequest } from './hold.events.ts';

export interface Owner {
  readonly debtor: string;
  readonly debtorId: string;
  readonly caseId: string | null;
}

/** A request as it stands. */
export interface KeptRequest {
  readonly hold: string | null;
  readonly until: Date | null;
}

export interface SetLater extends HoldRequest {
  readonly institutionId: string;
  readonly debtorId: string;
  readonly caseId: string | null;
}

// A number stands in a scope as it stands in the facts: by its token. One that is not the debtor's any more holds all.
const SCOPE = `json_strip_nulls(json_build_object('agencyId', agency_id, 'collectorId', collector_id, 'channel', channel, 'contactPoint',
  (select 'cp_' || encode(substr(t.value_index, 1, 12), 'hex') from contact_point t where t.id = contact_point)))`;

@Injectable()
export class HoldStore {
  /** Keeps the request unless a later one of the same complaint is there; whether it was kept. The row is then ours until the transaction ends. */
  async keep(tx: Tx, institutionId: string, request: HoldRequest): Promise<boolean> {
    const kept = await tx.query(
      `insert into complaint_hold (institution_id, complaint_id, version, number, account, agency_id, collector_id, from_at, until_at, channel, contact_point)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (complaint_id, institution_id) do update set version = excluded.version, account = excluded.account, agency_id = excluded.agency_id,
         collector_id = excluded.collector_id, from_at = excluded.from_at, until_at = excluded.until_at,
         channel = excluded.channel, contact_point = excluded.contact_point
       where complaint_hold.version < excluded.version returning complaint_id`,
      [
        institutionId,
        request.complaintId,
        request.version,
        request.number,
        request.account,
        request.agencyId,
        request.collectorId,
        request.from,
        request.until,
        request.channel,
        request.contactPoint,
      ],
    );
    return kept.length > 0;
  }

  async find(tx: Tx, institutionId: string, complaintId: string): Promise<KeptRequest> {
    const [row] = await tx.query<KeptRequest>(
      'select hold, until_at as until from complaint_hold where institution_id = $1 and complaint_id = $2 for update',
      [institutionId, complaintId],
    );
    if (!row) throw new Error('a request for a hold was not kept');
    return row;
  }

  /** Whom the account means; null: nobody here. */
  async owner(tx: Tx, institutionId: string, account: string): Promise<Owner | null> {
    const [row] = await tx.query<Owner>('select debtor, debtor_id as "debtorId", case_id as "caseId" from account_owner($1, $2)', [
      institutionId,
      account,
    ]);
    return row ?? null;
  }

  /** Makes the hold on the debtor what the kept request says: open where it says no end (`greatest` would take the other date for null). */
  async write(tx: Tx, institutionId: string, complaintId: string, debtor: string): Promise<void> {
    await tx.query(
      `with asked as (select * from complaint_hold where institution_id = $1 and complaint_id = $2), there as (
         update hold h set debtor = $3, from_at = a.from_at, scope = ${SCOPE},
           until_at = case when a.until_at is not null then greatest(a.until_at, a.from_at + interval '1 millisecond') end
         from asked a where h.id = a.hold returning h.id
       ), made as (
         insert into hold (institution_id, debtor, kind, from_at, scope) select $1, $3, 'complaint-hold', from_at, ${SCOPE} from asked where hold is null returning id
       )
       update complaint_hold set hold = made.id from made where institution_id = $1 and complaint_id = $2`,
      [institutionId, complaintId, debtor],
    );
  }

  /** Ends the hold of a complaint, if it has one. */
  async lift(tx: Tx, institutionId: string, complaintId: string): Promise<void> {
    await tx.query(
      `update hold h set until_at = greatest(a.until_at, h.from_at + interval '1 millisecond') from complaint_hold a
       where a.institution_id = $1 and a.complaint_id = $2 and h.id = a.hold`,
      [institutionId, complaintId],
    );
  }

  /** Sets the holds that waited for their account to be known, of every institution; what was set. */
  async setWaiting(tx: Tx): Promise<SetLater[]> {
    return tx.query<SetLater>(
      `with found as (
         select w.complaint_id, w.institution_id, o.*, uuidv7() as hold from complaint_hold w, lateral account_owner(w.institution_id, w.account) o
         where w.hold is null and w.until_at is null order by w.complaint_id for update of w skip locked
       ), made as (
         insert into hold (id, institution_id, debtor, kind, from_at, scope)
         select f.hold, f.institution_id, f.debtor, 'complaint-hold', w.from_at, ${SCOPE} from found f join complaint_hold w using (complaint_id, institution_id)
       )
       update complaint_hold w set hold = f.hold from found f where w.complaint_id = f.complaint_id and w.institution_id = f.institution_id
       returning w.institution_id as "institutionId", w.complaint_id as "complaintId", w.version, w.number, w.account, w.agency_id as "agencyId",
         w.collector_id as "collectorId", w.channel, w.contact_point as "contactPoint", w.from_at as "from", w.until_at as until, f.debtor_id as "debtorId", f.case_id as "caseId"`,
    );
  }
}
