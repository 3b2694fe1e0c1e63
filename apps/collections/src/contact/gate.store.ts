import { Injectable } from '@nestjs/common';
import type {
  Channel,
  ConsentJson,
  DecisionJson,
  FactsJson,
  HoldJson,
  Initiator,
  PartyRole,
  PastContactJson,
  ProposedJson,
} from '#contact-rules';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import type { PolicyRef } from '../policy/policy.service.ts';

/** What is asked for, by the ids of the caller. */
export interface ContactCommand {
  /** Only cases entrusted to this agency are seen; null: the bank itself. */
  readonly agencyId: string | null;
  readonly caseId: string;
  /** Null: the debtor. */
  readonly partyId: string | null;
  /** Null: the first that serves one of `pointChannels`. */
  readonly contactPointId: string | null;
  readonly pointChannels: readonly string[];
  readonly idempotency: IdempotentRequest | null;
}

export interface LoadOptions {
  readonly institutionId: string;
  /** Null: PostgreSQL's clock, read after the locks. */
  readonly now: Date | null;
  /** Takes the locks of the counts' seats: what is read stays true until the transaction ends. */
  readonly reserve: boolean;
}

interface LoadedRow {
  readonly n: number;
  /** The institution's policy version in force for the product of the case; null: it has none. */
  readonly policyNumber: number | null;
  readonly missing: 'caseId' | 'partyId' | 'contactPointId' | null;
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

interface LoadedBatch {
  readonly now: string;
  readonly seen: readonly { readonly n: number; readonly same: boolean; readonly resource: string | null }[];
  readonly found: readonly LoadedRow[];
}

export type Loaded =
  | { readonly kind: 'seen'; readonly same: boolean; readonly resource: string | null }
  | { readonly kind: 'missing'; readonly field: 'caseId' | 'partyId' | 'contactPointId' }
  | {
      readonly kind: 'facts';
      readonly now: Date;
      readonly policyNumber: number | null;
      readonly caseUuid: string;
      readonly caseId: string;
      readonly debtId: string;
      readonly contactPointUuid: string;
      readonly pointChannel: Channel;
      /** Hex of the keyed hash of the contact point. */
      readonly valueIndex: string;
      readonly debtorId: string;
      readonly partyId: string;
      readonly partyRole: PartyRole;
      readonly facts: FactsJson;
    };

export interface NewDecision {
  readonly requestedBy: string;
  readonly idempotencyKey: string | null;
  readonly permitExpiresAt: Date | null;
  readonly loaded: LoadedFacts;
  readonly proposed: ProposedJson;
  readonly policy: PolicyRef;
  readonly outcome: DecisionJson;
}

/** Stands for a contact point in recorded facts: equal points have equal tokens, and no token tells the point. */
export const pointToken = (indexHex: string): string => `cp_${indexHex.slice(0, 24)}`;

const toIso = (text: string): string => new Date(text).toISOString();

export type LoadedFacts = Extract<Loaded, { kind: 'facts' }>;

function toLoaded(row: LoadedRow, batch: LoadedBatch): Loaded {
  if (row.missing) return { kind: 'missing', field: row.missing };
  return {
    kind: 'facts',
    now: new Date(batch.now),
    policyNumber: row.policyNumber,
    caseUuid: row.case.id,
    caseId: row.case.caseId,
    debtId: row.case.debtId,
    contactPointUuid: row.point.id,
    pointChannel: row.point.channel,
    valueIndex: row.point.index,
    debtorId: row.debtor.debtorId,
    partyId: row.party.partyId,
    partyRole: row.party.role,
    facts: toFacts(row),
  };
}

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
  with incoming as materialized (
    select uuidv7() as id, r.* from json_to_recordset($2) as r(n integer, collection_case uuid, contact_point uuid, agency_id text, requested_by text, verdict text,
      permit_expires_at timestamptz, time_zone text, proposed json, facts json, policy json, outcome json, debtor_id text, case_id text, debt_id text, party_id text,
      party_role text, value_index text, channel text, mode text, purpose text, collector_ids text[], device_id text, key text)
  ), decided as (
    insert into decision (id, institution_id, collection_case, contact_point, agency_id, requested_by, decided_at, verdict, permit_expires_at, time_zone, proposed, facts, policy, outcome)
    select id, $1, collection_case, contact_point, agency_id, requested_by, $3, verdict, permit_expires_at, time_zone, proposed, facts, policy, outcome from incoming
  ), permitted as (
    insert into contact (id, institution_id, attempt_id, debtor_id, case_id, debt_id, party_id, party_role, value_index, channel, mode, purpose, initiator, agency_id,
      collector_ids, device_id, at, lapses_at, time_zone)
    select id, $1, id::text, debtor_id, case_id, debt_id, party_id, party_role, decode(value_index, 'hex'), channel, mode, purpose, 'us', agency_id,
      collector_ids, device_id, $3, permit_expires_at, time_zone from incoming where permit_expires_at is not null
  ), remembered as (
    update idempotency set resource = incoming.id::text from incoming where idempotency.institution_id = $1 and idempotency.key = incoming.key
  ), released as (
    delete from idempotency where institution_id = $1 and key = any($4)
  )
  select n, id from incoming`;

@Injectable()
export class GateStore {
  /** Replay check, locks, now and facts of many requests in one round trip (gate_load), in their order. Sets the tenant of the transaction. No two may have one idempotency key. */
  async load(tx: Tx, options: LoadOptions, commands: readonly ContactCommand[]): Promise<Loaded[]> {
    const requests = commands.map((command, n) => ({
      n,
      key: command.idempotency?.key,
      hash: command.idempotency?.hash.toString('hex'),
      case_id: command.caseId,
      case_uuid: isUuid(command.caseId) ? command.caseId : null,
      party: command.partyId,
      point: command.contactPointId,
      channels: command.pointChannels,
      agency: command.agencyId,
    }));
    const values = [options.institutionId, JSON.stringify(requests), options.now, options.reserve];
    const [row] = await tx.query<{ batch: LoadedBatch }>('select gate_load($1, $2, $3, $4) as batch', values, 'gate-load');
    if (!row) throw new Error('gate_load answered nothing');
    const { batch } = row;
    const loaded = new Map<number, Loaded>();
    for (const { n, same, resource } of batch.seen) loaded.set(n, { kind: 'seen', same, resource });
    for (const one of batch.found) loaded.set(one.n, toLoaded(one, batch));
    return commands.map((_command, n) => {
      const one = loaded.get(n);
      if (!one) throw new Error('gate_load forgot a request');
      return one;
    });
  }

  /**
   * Keeps the decisions and, where they permit, the reservations; remembers them under their idempotency keys and lets go of the keys of requests
   * that came to nothing. Returns the ids in order.
   */
  async append(
    tx: Tx,
    institutionId: string,
    decidedAt: Date,
    decisions: readonly NewDecision[],
    releasedKeys: readonly string[],
  ): Promise<string[]> {
    const incoming = decisions.map(({ loaded, proposed, outcome, ...decision }, n) => ({
      n,
      collection_case: loaded.caseUuid,
      contact_point: loaded.contactPointUuid,
      agency_id: proposed.agencyId,
      requested_by: decision.requestedBy,
      verdict: outcome.verdict,
      permit_expires_at: decision.permitExpiresAt,
      time_zone: loaded.facts.timeZone,
      proposed,
      facts: loaded.facts,
      policy: decision.policy,
      outcome,
      debtor_id: loaded.debtorId,
      case_id: loaded.caseId,
      debt_id: loaded.debtId,
      party_id: loaded.partyId,
      party_role: loaded.partyRole,
      value_index: loaded.valueIndex,
      channel: proposed.channel,
      mode: proposed.mode,
      purpose: proposed.purpose,
      collector_ids: proposed.collectorIds ?? [],
      device_id: proposed.deviceId,
      key: decision.idempotencyKey,
    }));
    const rows = await tx.query<{ n: number; id: string }>(
      APPEND,
      [institutionId, JSON.stringify(incoming), decidedAt, releasedKeys],
      'gate-append',
    );
    const ids = new Map(rows.map(({ n, id }) => [n, id]));
    return decisions.map((_decision, n) => {
      const id = ids.get(n);
      if (id === undefined) throw new Error('a decision was not stored');
      return id;
    });
  }
}
