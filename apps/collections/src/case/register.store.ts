import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { isUuid } from '#wire';

/** Only what belongs to this institution and, unless null, to cases entrusted to this agency. */
export interface Reach {
  readonly institutionId: string;
  readonly agencyId: string | null;
}

export interface CaseRef {
  readonly caseUuid: string;
  readonly debtor: string;
  readonly agencyId: string | null;
}

export interface PartyRef {
  readonly party: string;
  /** As given at import. */
  readonly partyId: string;
}

export interface PointRef extends PartyRef {
  readonly point: string;
  readonly valueIndex: Buffer;
  readonly status: string;
}

/** Something with a beginning that people can end. */
export interface Running {
  readonly caseUuid: string;
  readonly kind: string;
  /** Of a hold, where its kind alone does not say why. */
  readonly cause?: string | null;
  readonly since: Date;
  readonly until: Date | null;
}

export interface NewHold {
  readonly kind: string;
  readonly from: Date;
  readonly until: Date | null;
  readonly scope: object;
  readonly cause?: string;
}

export interface NewConsent {
  readonly kind: string;
  readonly channels: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly givenAt: Date;
  readonly evidence: string;
}

export interface NewOptOut {
  readonly partyId: string;
  readonly channel: string | null;
  readonly valueIndex: Buffer | null;
  readonly at: Date;
  readonly evidence: string;
}

/** What is found by an id of its own: the case in whose view it stands is one that the reader may see. */
const RUNNING = {
  hold: `select h.kind, h.cause, h.from_at as since, h.until_at as until,
      (select c.id from collection_case c where c.debtor = h.debtor and ($3::text is null or c.agency_id = $3) order by c.id limit 1) as "caseUuid"
    from hold h where h.id = $1 and h.institution_id = $2 for update of h`,
  consent: `select s.kind, s.given_at as since, s.withdrawn_at as until, c.id as "caseUuid"
    from consent s join party p on p.id = s.party join collection_case c on c.id = p.collection_case and ($3::text is null or c.agency_id = $3)
    where s.id = $1 and s.institution_id = $2 for update of s`,
  'opt-out': `select coalesce(o.channel, '') as kind, o.at as since, o.withdrawn_at as until,
      (select c.id from collection_case c where c.debtor = o.debtor and ($3::text is null or c.agency_id = $3) order by c.id limit 1) as "caseUuid"
    from opt_out o where o.id = $1 and o.institution_id = $2 for update of o`,
} as const;
export type RunningThing = keyof typeof RUNNING;

const END: Readonly<Record<RunningThing, string>> = {
  hold: 'update hold set until_at = $2 where id = $1',
  consent: 'update consent set withdrawn_at = $2 where id = $1',
  // With what a merge repeated of it, or what it repeats: one person said it once.
  'opt-out': `update opt_out set withdrawn_at = greatest($2, at) where withdrawn_at is null
    and coalesce(copy_of, id) = (select coalesce(copy_of, id) from opt_out where id = $1)`,
};

async function idOf(made: Promise<{ id: string }[]>): Promise<string> {
  const [row] = await made;
  if (!row) throw new Error('nothing was stored');
  return row.id;
}

/** What stops contact and what permits it, as people set it. */
@Injectable()
export class RegisterStore {
  /** By the id given at import or by our own. */
  async findCase(tx: Tx, { institutionId, agencyId }: Reach, id: string): Promise<CaseRef | null> {
    const [row] = await tx.query<CaseRef>(
      `select id as "caseUuid", debtor, agency_id as "agencyId" from collection_case
       where institution_id = $1 and (case_id = $2 or id = $4) and ($3::text is null or agency_id = $3) order by (case_id = $2) desc limit 1`,
      [institutionId, id, agencyId, isUuid(id) ? id : null],
    );
    return row ?? null;
  }

  /** By the id given at import or by our own. */
  async findParty(tx: Tx, caseUuid: string, id: string): Promise<PartyRef | null> {
    const [row] = await tx.query<PartyRef>(
      'select id as party, party_id as "partyId" from party where collection_case = $1 and (party_id = $2 or id = $3) order by (party_id = $2) desc limit 1',
      [caseUuid, id, isUuid(id) ? id : null],
    );
    return row ?? null;
  }

  async findPoint(tx: Tx, caseUuid: string, id: string): Promise<PointRef | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<PointRef>(
      `select t.id as point, t.value_index as "valueIndex", t.status, p.id as party, p.party_id as "partyId"
       from contact_point t join party p on p.id = t.party where t.id = $2 and p.collection_case = $1`,
      [caseUuid, id],
    );
    return row ?? null;
  }

  /** On the debtor of the case. */
  addHold(tx: Tx, institutionId: string, caseUuid: string, hold: NewHold): Promise<string> {
    return idOf(
      tx.query(
        `insert into hold (institution_id, debtor, collection_case, kind, from_at, until_at, scope, cause)
         select $1, debtor, id, $3, $4, $5, $6, $7 from collection_case where id = $2 returning id`,
        [institutionId, caseUuid, hold.kind, hold.from, hold.until, JSON.stringify(hold.scope), hold.cause ?? null],
      ),
    );
  }

  /** Ends a hold that is not over; no hold is shorter than a millisecond. */
  async liftHold(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.query(
      `update hold set until_at = greatest($2, from_at + interval '1 millisecond') where id = $1 and (until_at is null or until_at > $2)`,
      [id, at],
    );
  }

  /** A hold of the kind that stops everything and has no end. One for care, or of an objection, is not taken for another: it ends by a decision of its own. */
  async findStop(
    tx: Tx,
    debtor: string,
    { kind, cause }: { readonly kind: string; readonly cause: string },
    at: Date,
  ): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `select id from hold where debtor = $1 and kind = $2 and from_at <= $3 and until_at is null and scope::text = '{}'
         and (cause is not distinct from 'care') = ($4 = 'care') and not exists (select from objection o where o.hold = hold.id) order by id limit 1`,
      [debtor, kind, at, cause],
    );
    return row?.id ?? null;
  }

  /** No hold is shorter than a millisecond. */
  async endStop(tx: Tx, hold: string, at: Date): Promise<void> {
    await tx.query(`update hold set until_at = greatest($2, from_at + interval '1 millisecond') where id = $1`, [hold, at]);
  }

  /** It is an ordinary hold from then on. */
  async settleStop(tx: Tx, hold: string): Promise<void> {
    await tx.query('update hold set cause = null where id = $1', [hold]);
  }

  addConsent(tx: Tx, institutionId: string, party: string, consent: NewConsent): Promise<string> {
    return idOf(
      tx.query(
        `insert into consent (institution_id, party, kind, channels, from_time, to_time, given_at, evidence) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
        [institutionId, party, consent.kind, consent.channels, consent.from, consent.to, consent.givenAt, consent.evidence],
      ),
    );
  }

  addOptOut(tx: Tx, institutionId: string, debtor: string, optOut: NewOptOut): Promise<string> {
    return idOf(
      tx.query(
        'insert into opt_out (institution_id, debtor, party_id, channel, value_index, at, evidence) values ($1, $2, $3, $4, $5, $6, $7) returning id',
        [institutionId, debtor, optOut.partyId, optOut.channel, optOut.valueIndex, optOut.at, optOut.evidence],
      ),
    );
  }

  /** Locks it: of two that end it at once, the second sees what the first did. */
  async lock(tx: Tx, thing: RunningThing, { institutionId, agencyId }: Reach, id: string): Promise<Running | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<Running & { caseUuid: string | null }>(RUNNING[thing], [id, institutionId, agencyId]);
    return row?.caseUuid ? row : null;
  }

  /** Whether the hold is what a repayment plan asks for that runs. */
  async isOfRunningPlan(tx: Tx, hold: string): Promise<boolean> {
    const plans = await tx.query(`select from plan where hold = $1 and state = 'active'`, [hold]);
    return plans.length > 0;
  }

  /** Whether the hold is an objection's. */
  async isOfObjection(tx: Tx, hold: string): Promise<boolean> {
    const objections = await tx.query('select from objection where hold = $1', [hold]);
    return objections.length > 0;
  }

  async end(tx: Tx, thing: RunningThing, id: string, at: Date): Promise<void> {
    await tx.query(END[thing], [id, at]);
  }

  async tellReferral(tx: Tx, caseUuid: string, toldAt: Date): Promise<void> {
    await tx.query('update collection_case set referral_notice_at = $2 where id = $1', [caseUuid, toldAt]);
  }

  /** Of an agency that has had the case since before the notice was asked for, and of which the debtor was not told yet; the agency. */
  async tellReferralOf(tx: Tx, caseUuid: string, askedAt: Date, toldAt: Date): Promise<string | null> {
    const [row] = await tx.query<{ agencyId: string }>(
      `with told as (
         update collection_case c set referral_notice_at = $3 from entrustment e
         where c.id = $1 and c.referral_notice_at is null and e.collection_case = c.id and e.agency_id = c.agency_id and e.until_at is null and e.from_at <= $2
         returning c.agency_id)
       select agency_id as "agencyId" from told`,
      [caseUuid, askedAt, toldAt],
    );
    return row?.agencyId ?? null;
  }

  /** Whether the party is one that is told of a referral: who owes, or who represents them. */
  async isTold(tx: Tx, caseUuid: string, partyId: string): Promise<boolean> {
    const parties = await tx.query(
      `select from party where collection_case = $1 and party_id = $2 and role in ('debtor', 'representative') limit 1`,
      [caseUuid, partyId],
    );
    return parties.length > 0;
  }

  /** The same number or address of the same person, in whichever of the debtor's cases it stands. */
  async setPointStatus(tx: Tx, debtor: string, { partyId, valueIndex }: PointRef, status: string): Promise<void> {
    await tx.query(
      `with held as (
         select t.id from contact_point t join party p on p.id = t.party join collection_case c on c.id = p.collection_case
         where c.debtor = $1 and p.party_id = $2 and t.value_index = $3 order by t.id for update of t)
       update contact_point t set status = $4 from held where t.id = held.id`,
      [debtor, partyId, valueIndex, status],
    );
  }
}
