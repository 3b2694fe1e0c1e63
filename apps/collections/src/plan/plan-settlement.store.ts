import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

/** A plan that payments may move. */
export interface MovingPlan {
  readonly id: string;
  readonly institutionId: string;
  readonly caseUuid: string;
  readonly debtor: string;
  readonly agencyId: string | null;
  readonly state: 'active' | 'broken' | 'completed';
  readonly currency: string;
  readonly agreedAt: Date;
  readonly timeZone: string;
  readonly graceDays: number;
  readonly hold: string;
  readonly holdUntil: Date | null;
  readonly forgivenUntil: Date | null;
  readonly instalments: readonly { readonly n: number; readonly dueOn: string; readonly amount: string }[];
}

/** What is written of a plan after it was settled. */
export interface MovedPlan {
  readonly id: string;
  readonly state: string;
  readonly paid: string;
  readonly breaksAt: Date | null;
  readonly next: number | null;
  readonly brokenAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

export interface HoldEnd {
  readonly hold: string;
  readonly until: Date | null;
}

const MOVING = `p.id, p.institution_id as "institutionId", p.collection_case as "caseUuid", c.debtor, p.agency_id as "agencyId", p.state, p.currency, p.agreed_at as "agreedAt",
  p.time_zone as "timeZone", p.grace_days as "graceDays", p.hold, h.until_at as "holdUntil", p.forgiven_until as "forgivenUntil",
  (select json_agg(json_build_object('n', i.n, 'dueOn', i.due_on, 'amount', i.amount::text) order by i.n) from plan_instalment i where i.plan = p.id) as instalments`;
const FROM = 'from plan p join collection_case c on c.id = p.collection_case join hold h on h.id = p.hold';

/** How plans and their holds move with what is paid. */
@Injectable()
export class PlanSettlementStore {
  /** Those of the cases that a payment can still move: one that ended otherwise than by payment has ended. In order of the id. */
  async lockOf(tx: Tx, institutionId: string, caseUuids: readonly string[]): Promise<MovingPlan[]> {
    return tx.query<MovingPlan>(
      `select ${MOVING} ${FROM} where p.institution_id = $1 and p.collection_case = any($2)
         and (p.state = 'active' or p.end_reason = 'paid'
           or p.state = 'broken' and not exists (select from plan later where later.collection_case = p.collection_case and later.id <> p.id and later.state = 'active'))
       order by p.id for update of p`,
      [institutionId, caseUuids],
    );
  }

  /** Those whose hold has ended and whose state does not say so yet, of every institution; those that somebody settles at this moment are theirs. */
  async lockDue(tx: Tx, now: Date, limit: number): Promise<MovingPlan[]> {
    return tx.query<MovingPlan>(
      `select ${MOVING} ${FROM} where p.state = 'active' and p.breaks_at <= $1 order by p.breaks_at, p.id limit $2 for update of p skip locked`,
      [now, limit],
    );
  }

  async move(tx: Tx, plans: readonly MovedPlan[]): Promise<void> {
    await tx.query(
      `update plan p set state = r.state, paid = r.paid, breaks_at = r."breaksAt", next_instalment = r.next, broken_at = r."brokenAt", ended_at = r."endedAt",
         end_reason = r."endReason"
       from json_to_recordset($1) as r(id uuid, state text, paid numeric, "breaksAt" timestamptz, next integer, "brokenAt" timestamptz, "endedAt" timestamptz,
         "endReason" text) where p.id = r.id`,
      [JSON.stringify(plans)],
    );
  }

  async paid(tx: Tx, plans: readonly { readonly id: string; readonly paid: string }[]): Promise<void> {
    await tx.query('update plan p set paid = r.paid from json_to_recordset($1) as r(id uuid, paid numeric) where p.id = r.id', [
      JSON.stringify(plans),
    ]);
  }

  /** Moves the end of holds; none ends before it has begun. */
  async endHolds(tx: Tx, ends: readonly HoldEnd[]): Promise<void> {
    await tx.query(
      `update hold h set until_at = greatest(r.until, h.from_at + interval '1 millisecond')
       from json_to_recordset($1) as r(hold uuid, until timestamptz) where h.id = r.hold`,
      [JSON.stringify(ends.map(({ hold, until }) => ({ hold, until: until ?? 'infinity' })))],
    );
    // Null is for ever; greatest() would leave it out.
    await tx.query(`update hold set until_at = null where id = any($1)`, [
      ends.filter(({ until }) => until === null).map(({ hold }) => hold),
    ]);
  }

  /** A hold that begins now: what was permitted before it was. */
  async holdAnew(tx: Tx, now: Date, plans: readonly { readonly id: string; readonly until: Date | null }[]): Promise<void> {
    await tx.query(
      `with given as materialized (
         select uuidv7() as hold, r.id, r.until from json_to_recordset($1) as r(id uuid, until timestamptz)
       ), made as (
         insert into hold (id, institution_id, debtor, kind, from_at, until_at)
         select g.hold, p.institution_id, c.debtor, 'plan-active', $2, g.until from given g join plan p on p.id = g.id join collection_case c on c.id = p.collection_case
         returning id
       )
       update plan p set hold = made.id from given g join made on made.id = g.hold where p.id = g.id`,
      [JSON.stringify(plans), now],
    );
  }

  /**
   * Ends what the cleared debt ends, of every institution: plans that run, and the holds of those that were paid and waited for core banking to say so.
   * Those that somebody settles at this moment are theirs; how many.
   */
  async endCleared(tx: Tx, now: Date, subject: string): Promise<{ readonly institutionId: string; readonly id: string }[]> {
    return tx.query(
      `with due as (
         select p.id from plan p join collection_case c on c.id = p.collection_case
         where (p.state = 'active' or p.state = 'completed' and p.end_reason = 'paid' and p.hold is not null) and (c.balance <= 0 or c.state = 'paid')
           and exists (select from hold h where h.id = p.hold and (h.until_at is null or h.until_at > $1 or p.state = 'active'))
         order by p.id limit 500 for update of p skip locked
       ), ended as (
         update plan p set state = 'completed', breaks_at = null, next_instalment = null, ended_at = coalesce(p.ended_at, $1), end_reason = coalesce(p.end_reason, 'debt-cleared')
         from due where p.id = due.id returning p.id, p.institution_id, p.collection_case, p.hold, old.state = 'active' as ran
       ), freed as (
         update hold h set until_at = least(coalesce(h.until_at, 'infinity'), greatest($1, h.from_at + interval '1 millisecond')) from ended e where h.id = e.hold
       ), noted as (
         insert into register_act (institution_id, action, resource, collection_case, subject, at, detail)
         select institution_id, 'plan-completed', id::text, collection_case, $2, $1, json_build_object('reason', 'debt-cleared') from ended where ran
       )
       select institution_id as "institutionId", id from ended`,
      [now, subject],
    );
  }
}
