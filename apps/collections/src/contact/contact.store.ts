import { Injectable } from '@nestjs/common';
import type {
  Channel,
  ConsentJson,
  DecisionJson,
  FactsJson,
  HoldJson,
  Initiator,
  Mode,
  PartyRole,
  PastContactJson,
  ProposedJson,
  Purpose,
  Result,
  TenantValues,
} from '#contact-rules';
import type { Tx } from '#pg';
import type { PolicyRef, PolicyRow } from '../policy/policy.service.ts';

/** What a permit is asked for. */
export interface ContactCommand {
  readonly institutionId: string;
  /** Only cases entrusted to this agency are seen; null: the bank itself. */
  readonly agencyId: string | null;
  readonly caseId: string;
  readonly partyId: string | null;
  readonly contactPointId: string | null;
  /** Channels of contact points that will do when none is named. */
  readonly pointChannels: readonly string[];
  readonly idempotency: { readonly key: string; readonly hash: Buffer } | null;
  /** Null: PostgreSQL's clock, read after the locks. */
  readonly now: Date | null;
  /** Takes the locks of the counts' seats: what is read stays true until the transaction ends. */
  readonly reserve: boolean;
}

interface LoadedRow {
  readonly now: string;
  readonly policy: { readonly packs: string[]; readonly tenantValues: TenantValues } | null;
  readonly case: {
    readonly id: string;
    readonly caseId: string;
    readonly debtId: string;
    readonly status: 'open' | 'closed' | 'paid';
    readonly balance: string;
    readonly currency: string;
    readonly overdueSince: string | null;
  };
  readonly debtor: { readonly debtorId: string; readonly timeZone: string };
  readonly party: { readonly partyId: string; readonly role: PartyRole };
  readonly point: { readonly id: string; readonly channel: Channel; readonly index: string };
  readonly holds: HoldJson[];
  readonly consents: ConsentJson[];
  readonly history: (PastContactJson & { readonly index: string; readonly attemptId: string; readonly agencyId: string | null })[];
}

export type Loaded =
  | { readonly kind: 'seen'; readonly same: boolean; readonly resource: string | null }
  | { readonly kind: 'missing'; readonly field: 'caseId' | 'partyId' | 'contactPointId' }
  | {
      readonly kind: 'facts';
      readonly now: Date;
      readonly policy: PolicyRow | null;
      readonly caseUuid: string;
      readonly caseId: string;
      readonly debtId: string;
      readonly contactPointUuid: string;
      readonly pointChannel: Channel;
      readonly valueIndex: Buffer;
      readonly debtorId: string;
      readonly partyId: string;
      readonly partyRole: PartyRole;
      readonly facts: FactsJson;
    };

/** A decision as it is kept: what it takes to make it again, byte for byte. */
export interface DecisionRecord {
  readonly id: string;
  readonly decidedAt: Date;
  readonly permitExpiresAt: Date | null;
  readonly timeZone: string;
  readonly proposed: ProposedJson;
  readonly facts: FactsJson;
  readonly policy: PolicyRef;
  readonly outcome: DecisionJson;
  /** The outcome as the bytes that were stored. */
  readonly outcomeText: string;
  readonly lapsedAt: Date | null;
  readonly result: Result | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

export interface NewDecision {
  readonly institutionId: string;
  readonly requestedBy: string;
  readonly idempotencyKey: string | null;
  readonly decidedAt: Date;
  readonly permitExpiresAt: Date | null;
  readonly loaded: Extract<Loaded, { kind: 'facts' }>;
  readonly proposed: ProposedJson;
  readonly policy: PolicyRef;
  readonly outcome: DecisionJson;
}

export interface NewOutcome {
  readonly result: Result;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly noteSealed: Buffer | null;
  readonly recording: string | null;
  readonly hash: Buffer;
}

/** Stands for a contact point in recorded facts: equal points have equal tokens, and no token tells the point. */
export const pointToken = (indexHex: string): string => `cp_${indexHex.slice(0, 24)}`;

const toIso = (text: string): string => new Date(text).toISOString();

function toFacts(row: LoadedRow): FactsJson {
  return {
    timeZone: row.debtor.timeZone,
    case: {
      status: row.case.status,
      balance: { amount: row.case.balance, currency: row.case.currency },
      overdueSince: row.case.overdueSince,
    },
    history: row.history.map((past) => ({
      attemptId: past.attemptId,
      debtorId: past.debtorId,
      partyId: past.partyId,
      partyRole: past.partyRole,
      contactPoint: pointToken(past.index),
      channel: past.channel,
      mode: past.mode,
      initiator: past.initiator as Initiator,
      agencyId: past.agencyId,
      startedAt: toIso(past.startedAt),
      result: past.result,
      ...(past.result === null && past.expiresAt ? { expiresAt: toIso(past.expiresAt) } : {}),
    })),
    consents: row.consents.map((consent) => ({
      ...consent,
      givenAt: toIso(consent.givenAt),
      withdrawnAt: consent.withdrawnAt ? toIso(consent.withdrawnAt) : null,
    })),
    holds: row.holds.map((hold) => ({ ...hold, from: toIso(hold.from), until: hold.until ? toIso(hold.until) : null })),
  };
}

const APPEND = `
  with decided as (
    insert into decision (institution_id, collection_case, contact_point, agency_id, requested_by, decided_at, verdict, permit_expires_at, time_zone, proposed, facts, policy, outcome)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id
  ), permitted as (
    insert into contact (id, institution_id, attempt_id, debtor_id, case_id, debt_id, party_id, party_role, value_index, channel, mode, purpose, initiator, agency_id,
      collector_ids, device_id, at, lapses_at, time_zone)
    select id, $1, id::text, $14, $15, $16, $17, $18, $19, $20, $21, $22, 'us', $4, $23, $24, $6, $8, $9 from decided where $8 is not null
  ), remembered as (
    update idempotency set resource = (select id::text from decided) where institution_id = $1 and key = $25
  )
  select id from decided`;

const FIND = `
  select d.id, d.decided_at as "decidedAt", d.permit_expires_at as "permitExpiresAt", d.time_zone as "timeZone", d.proposed, d.facts, d.policy, d.outcome,
    d.outcome::text as "outcomeText", c.lapsed_at as "lapsedAt", c.result, case when c.result is not null then c.at end as "startedAt", c.ended_at as "endedAt"
  from decision d join collection_case k on k.id = d.collection_case left join contact c on c.id = d.id
  where d.id = $1 and d.institution_id = $2 and ($3::text is null or k.agency_id = $3)`;

@Injectable()
export class ContactStore {
  /** Lock, replay check, now and facts in one round trip (gate_load). Sets the tenant of the transaction. */
  async load(tx: Tx, command: ContactCommand): Promise<Loaded> {
    const { institutionId, idempotency, caseId, partyId, contactPointId, pointChannels, agencyId, now, reserve } = command;
    const values = [
      institutionId,
      idempotency?.key ?? null,
      idempotency?.hash ?? null,
      caseId,
      partyId,
      contactPointId,
      pointChannels,
      agencyId,
      now,
      reserve,
    ];
    const [row] = await tx.query<{
      loaded: LoadedRow & { seen?: { same: boolean; resource: string | null }; missing?: 'caseId' | 'partyId' | 'contactPointId' };
    }>('select gate_load($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as loaded', values, 'gate-load');
    if (!row) throw new Error('gate_load answered nothing');
    const { loaded } = row;
    if (loaded.seen) return { kind: 'seen', ...loaded.seen };
    if (loaded.missing) return { kind: 'missing', field: loaded.missing };
    return {
      kind: 'facts',
      now: new Date(loaded.now),
      policy: loaded.policy,
      caseUuid: loaded.case.id,
      caseId: loaded.case.caseId,
      debtId: loaded.case.debtId,
      contactPointUuid: loaded.point.id,
      pointChannel: loaded.point.channel,
      valueIndex: Buffer.from(loaded.point.index, 'hex'),
      debtorId: loaded.debtor.debtorId,
      partyId: loaded.party.partyId,
      partyRole: loaded.party.role,
      facts: toFacts(loaded),
    };
  }

  /** Keeps the decision and, when it permits, the reservation; remembers it under the idempotency key. Returns the id. */
  async append(tx: Tx, decision: NewDecision): Promise<string> {
    const { loaded, proposed, outcome } = decision;
    const [row] = await tx.query<{ id: string }>(
      APPEND,
      [
        decision.institutionId,
        loaded.caseUuid,
        loaded.contactPointUuid,
        proposed.agencyId ?? null,
        decision.requestedBy,
        decision.decidedAt,
        outcome.verdict,
        decision.permitExpiresAt,
        loaded.facts.timeZone,
        JSON.stringify(proposed),
        JSON.stringify(loaded.facts),
        JSON.stringify(decision.policy),
        JSON.stringify(outcome),
        loaded.debtorId,
        loaded.caseId,
        loaded.debtId,
        loaded.partyId,
        loaded.partyRole,
        loaded.valueIndex,
        proposed.channel satisfies Channel,
        (proposed.mode ?? null) satisfies Mode | null,
        proposed.purpose satisfies Purpose | null | undefined,
        proposed.collectorIds ?? [],
        proposed.deviceId ?? null,
        decision.idempotencyKey,
      ],
      'gate-append',
    );
    if (!row) throw new Error('the decision was not stored');
    return row.id;
  }

  async find(tx: Tx, id: string, institutionId: string, agencyId: string | null): Promise<DecisionRecord | null> {
    const [row] = await tx.query<DecisionRecord>(FIND, [id, institutionId, agencyId], 'find-decision');
    return row ?? null;
  }

  /** Locks the reservation and returns what was said of it so far; null when there is none. */
  async lockReservation(tx: Tx, id: string): Promise<{ result: Result | null; contentHash: Buffer | null } | null> {
    const [row] = await tx.query<{ result: Result | null; contentHash: Buffer | null }>(
      'select result, content_hash as "contentHash" from contact where id = $1 for update',
      [id],
    );
    return row ?? null;
  }

  async recordOutcome(tx: Tx, id: string, outcome: NewOutcome): Promise<void> {
    await tx.query(
      `update contact set result = $2, at = $3, ended_at = $4, note_sealed = $5, recording = $6, content_hash = $7 where id = $1`,
      [id, outcome.result, outcome.startedAt, outcome.endedAt, outcome.noteSealed, outcome.recording, outcome.hash],
    );
  }

  /** PostgreSQL's clock, for checks outside the gate. */
  async now(tx: Tx): Promise<Date> {
    const [row] = await tx.query<{ now: Date }>('select clock_timestamp() as now');
    if (!row) throw new Error('the database has no clock');
    return row.now;
  }

  /** Marks what has lapsed; returns how many. The counters do not wait for this: they compare the time themselves. */
  async lapse(tx: Tx, now: Date | null, limit: number): Promise<number> {
    const rows = await tx.query<{ id: string }>(
      `update contact set lapsed_at = coalesce($1, clock_timestamp()) where id in (
         select id from contact where result is null and lapsed_at is null and lapses_at <= coalesce($1, clock_timestamp())
         order by lapses_at limit $2 for update skip locked
       ) returning id`,
      [now, limit],
    );
    return rows.length;
  }
}
