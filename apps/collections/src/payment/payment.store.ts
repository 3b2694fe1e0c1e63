import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

/** A case that payments are booked on; its row is ours until the transaction ends. */
export interface BookedCase {
  readonly caseUuid: string;
  readonly caseId: string;
  readonly currency: string;
  readonly timeZone: string;
}

/** A payment as it stands in the ledger, with what was taken back of it. */
export interface KnownPayment {
  readonly id: string;
  readonly paymentId: string;
  readonly caseUuid: string;
  readonly agencyId: string | null;
  readonly paidAt: Date;
  readonly amount: string;
  readonly currency: string;
  readonly reversalOf: string | null;
  readonly balanceAfter: string | null;
  readonly reversed: string;
}

export interface NewPayment {
  readonly paymentId: string;
  readonly caseUuid: string;
  readonly paidAt: Date;
  readonly amount: string;
  readonly currency: string;
  readonly reversalOf: string | null;
  readonly balanceAfter: string | null;
}

export interface PaymentRecord extends KnownPayment {
  readonly caseId: string;
  readonly timeZone: string;
  readonly bookedAt: Date;
  readonly bookedBy: string;
}

const KNOWN = `p.id, p.payment_id as "paymentId", p.collection_case as "caseUuid", p.agency_id as "agencyId", p.paid_at as "paidAt", p.amount::text as amount, p.currency,
  (select o.payment_id from payment o where o.id = p.reversal_of) as "reversalOf", p.balance_after::text as "balanceAfter",
  (select coalesce(sum(-r.amount), 0)::text from payment r where r.reversal_of = p.id) as reversed`;

@Injectable()
export class PaymentStore {
  /** Locks the cases in one order: whoever books on one of them, or makes a plan on it, waits. */
  async lockCases(tx: Tx, institutionId: string, caseIds: readonly string[]): Promise<BookedCase[]> {
    return tx.query<BookedCase>(
      `select c.id as "caseUuid", c.case_id as "caseId", c.currency, d.time_zone as "timeZone"
       from collection_case c join debtor d on d.id = c.debtor where c.institution_id = $1 and c.case_id = any($2) order by c.id for no key update of c`,
      [institutionId, caseIds],
    );
  }

  async known(tx: Tx, institutionId: string, paymentIds: readonly string[]): Promise<KnownPayment[]> {
    return tx.query<KnownPayment>(`select ${KNOWN} from payment p where p.institution_id = $1 and p.payment_id = any($2)`, [
      institutionId,
      paymentIds,
    ]);
  }

  /**
   * Keeps what is new, each with the agency that had the case when it was paid, a reversal with that of the payment it takes back; the given ids of
   * what went in.
   */
  async add(
    tx: Tx,
    institutionId: string,
    payments: readonly NewPayment[],
    { by, at }: { readonly by: string; readonly at: Date },
  ): Promise<Set<string>> {
    if (payments.length === 0) return new Set();
    const rows = await tx.query<{ paymentId: string }>(
      `insert into payment (institution_id, payment_id, collection_case, agency_id, paid_at, amount, currency, reversal_of, balance_after, booked_at, booked_by)
       select $1, r."paymentId", r."caseUuid", case when o.id is null then agency_of_case_at(r."caseUuid", r."paidAt") else o.agency_id end, r."paidAt", r.amount, r.currency, o.id, r."balanceAfter", $3, $4
       from json_to_recordset($2) as r("paymentId" text, "caseUuid" uuid, "paidAt" timestamptz, amount numeric, currency text, "reversalOf" text,
         "balanceAfter" numeric)
       left join lateral (select id, agency_id from payment where institution_id = $1 and payment_id = r."reversalOf" offset 0) o on true order by r."paymentId"
       on conflict on constraint payment_given_id do nothing returning payment_id as "paymentId"`,
      [institutionId, JSON.stringify(payments), at, by],
    );
    return new Set(rows.map(({ paymentId }) => paymentId));
  }

  /**
   * What core banking said that is left after the newest payment of a case. The hash of the case's row goes: the next file of cases is taken at its word,
   * whatever it says.
   */
  async takeBalances(tx: Tx, institutionId: string, caseUuids: readonly string[]): Promise<void> {
    await tx.query(
      `with newest as (
         select distinct on (collection_case) collection_case, balance_after from payment where institution_id = $1 and collection_case = any($2)
         order by collection_case, paid_at desc, id desc)
       update collection_case c set balance = n.balance_after, content_hash = '' from newest n
       where c.id = n.collection_case and n.balance_after is not null and c.balance <> n.balance_after`,
      [institutionId, caseUuids],
    );
  }

  /** Newest first; one more than the limit, if there are so many. */
  async list(
    tx: Tx,
    filter: {
      readonly institutionId: string;
      readonly caseUuid: string;
      readonly id?: string;
      readonly after: string | null;
      readonly limit: number;
    },
  ): Promise<PaymentRecord[]> {
    const { institutionId, caseUuid, id = null, after, limit } = filter;
    return tx.query<PaymentRecord>(
      `select ${KNOWN}, c.case_id as "caseId", d.time_zone as "timeZone", p.booked_at as "bookedAt", p.booked_by as "bookedBy"
       from payment p join collection_case c on c.id = p.collection_case join debtor d on d.id = c.debtor
       where p.institution_id = $1 and p.collection_case = $2 and ($3::uuid is null or p.id < $3) and ($5::uuid is null or p.id = $5)
       order by p.id desc limit $4`,
      [institutionId, caseUuid, after, limit + 1, id],
    );
  }
}
