import { Inject, Injectable } from '@nestjs/common';
import type { DecisionJson, FactsJson, ProposedJson, Purpose } from '#contact-rules';
import { appendFrom, personalColumns, sealPersonal } from '#evidence-log';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import { Vault } from '#vault';
import type { PolicyRef } from '../policy/policy.service.ts';
import { toFacts, type FactsRow } from './facts.ts';
import { MESSAGE_CONTEXT, withoutSecrets, type TemplateRow } from './message.ts';

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
  readonly purpose: Purpose | null;
  readonly collectorIds: readonly string[];
  readonly deviceId: string | null;
  readonly template: { readonly id: string; readonly version: number | null } | null;
  readonly idempotency: IdempotentRequest | null;
}

export type Missing = 'caseId' | 'partyId' | 'contactPointId';

export interface LoadOptions {
  readonly institutionId: string;
  /** Null: PostgreSQL's clock, read after the locks. */
  readonly now: Date | null;
  /** Takes the locks of the counts' seats: what is read stays true until the transaction ends. */
  readonly reserve: boolean;
}

interface LoadedRow extends FactsRow {
  readonly n: number;
  /** The institution's policy version in force for the product of the case; null: it has none. */
  readonly policyNumber: number | null;
  readonly missing: Missing | null;
  readonly template: TemplateRow | null;
}

interface LoadedBatch {
  readonly now: string;
  readonly seen: readonly { readonly n: number; readonly same: boolean; readonly resource: string | null }[];
  readonly found: readonly LoadedRow[];
}

export interface LoadedFacts {
  readonly kind: 'facts';
  readonly now: Date;
  readonly policyNumber: number | null;
  readonly row: FactsRow;
  /** Null: none was asked for, or there is none of that id and version. */
  readonly template: TemplateRow | null;
  readonly facts: FactsJson;
}

export type Loaded =
  | { readonly kind: 'seen'; readonly same: boolean; readonly resource: string | null }
  | { readonly kind: 'missing'; readonly field: Missing }
  | LoadedFacts;

export interface NewDecision {
  readonly requestedBy: string;
  readonly idempotencyKey: string | null;
  readonly permitExpiresAt: Date | null;
  readonly loaded: LoadedFacts;
  readonly proposed: ProposedJson;
  readonly policy: PolicyRef;
  readonly outcome: DecisionJson;
}

function toLoaded({ n: _n, policyNumber, missing, template, ...row }: LoadedRow, now: Date, deviceId: string | null): Loaded {
  if (missing) return { kind: 'missing', field: missing };
  return { kind: 'facts', now, policyNumber, row, template, facts: toFacts(row, deviceId) };
}

const APPEND = `
  with incoming as materialized (
    select uuidv7() as id, r.* from json_to_recordset($2) as r(n integer, collection_case uuid, contact_point uuid, agency_id text, requested_by text, verdict text,
      permit_expires_at timestamptz, time_zone text, proposed json, message_sealed text, facts json, policy json, outcome json, debtor_id text, case_id text, debt_id text, party_id text,
      party_role text, value_index text, channel text, mode text, purpose text, collector_ids text[], device_id text, key text, personal json)
  ), decided as (
    insert into decision (id, institution_id, collection_case, contact_point, agency_id, requested_by, decided_at, verdict, permit_expires_at, time_zone, proposed, message_sealed, facts, policy, outcome)
    select id, $1, collection_case, contact_point, agency_id, requested_by, $3, verdict, permit_expires_at, time_zone, proposed, decode(message_sealed, 'hex'), facts, policy, outcome from incoming
  ), permitted as (
    insert into contact (id, institution_id, attempt_id, debtor_id, case_id, debt_id, party_id, party_role, value_index, channel, mode, purpose, initiator, agency_id,
      collector_ids, device_id, at, lapses_at, time_zone)
    select id, $1, id::text, debtor_id, case_id, debt_id, party_id, party_role, decode(value_index, 'hex'), channel, mode, purpose, 'us', agency_id,
      collector_ids, device_id, $3, permit_expires_at, time_zone from incoming where permit_expires_at is not null
  ), remembered as (
    update idempotency set resource = incoming.id::text from incoming where idempotency.institution_id = $1 and idempotency.key = incoming.key
  ), released as (
    delete from idempotency where institution_id = $1 and key = any($4)
  ), evidence_given as materialized (
    select i.n, 'contact-decision' as kind, i.requested_by as actor, p.subject, p.key, p.key_sealed, p.sealed,
      json_build_object('decisionId', i.id, 'decidedAt', $5::text, 'permitExpiresAt', to_char(i.permit_expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'timeZone', i.time_zone, 'caseId', i.case_id, 'agencyId', i.agency_id, 'proposed', i.proposed, 'facts', i.facts, 'policy', i.policy, 'outcome', i.outcome) as body
    from incoming i left join lateral json_to_record(i.personal) as p(subject text, key uuid, key_sealed text, sealed text) on true
  ), ${appendFrom('evidence_given')}
  select n, id from incoming`;

@Injectable()
export class GateStore {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

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
      purpose: command.purpose,
      collectors: command.collectorIds,
      device: command.deviceId,
      template: command.template?.id,
      template_version: command.template?.version,
    }));
    const values = [options.institutionId, JSON.stringify(requests), options.now, options.reserve];
    const [row] = await tx.query<{ batch: LoadedBatch }>('select gate_load($1, $2, $3, $4) as batch', values, 'gate-load');
    if (!row) throw new Error('gate_load answered nothing');
    const { batch } = row;
    const loaded = new Map<number, Loaded>();
    for (const { n, same, resource } of batch.seen) loaded.set(n, { kind: 'seen', same, resource });
    const now = new Date(batch.now);
    for (const one of batch.found) loaded.set(one.n, toLoaded(one, now, commands[one.n]?.deviceId ?? null));
    return commands.map((_command, n) => {
      const one = loaded.get(n);
      if (!one) throw new Error('gate_load forgot a request');
      return one;
    });
  }

  /**
   * Keeps the decisions, as evidence too, and, where they permit, the reservations; remembers them under their idempotency keys and lets go of the keys of requests
   * that came to nothing. Returns the ids in order.
   */
  async append(
    tx: Tx,
    institutionId: string,
    decidedAt: Date,
    decisions: readonly NewDecision[],
    releasedKeys: readonly string[],
  ): Promise<string[]> {
    const incoming = decisions.map((decision, n) => this.toIncoming(institutionId, decision, n));
    const rows = await tx.query<{ n: number; id: string }>(
      APPEND,
      [institutionId, JSON.stringify(incoming), decidedAt, releasedKeys, decidedAt.toISOString()],
      'gate-append',
    );
    const ids = new Map(rows.map(({ n, id }) => [n, id]));
    return decisions.map((_decision, n) => {
      const id = ids.get(n);
      if (id === undefined) throw new Error('a decision was not stored');
      return id;
    });
  }
  private toIncoming(institutionId: string, { loaded: { row, facts }, outcome, ...decision }: NewDecision, n: number) {
    const { proposed, secrets } = withoutSecrets(decision.proposed);
    const subject = `debtor:${row.debtor.debtorId}`;
    return {
      n,
      collection_case: row.case.id,
      contact_point: row.point.id,
      agency_id: proposed.agencyId,
      requested_by: decision.requestedBy,
      verdict: outcome.verdict,
      permit_expires_at: decision.permitExpiresAt,
      time_zone: facts.timeZone,
      proposed,
      message_sealed: secrets === null ? null : this.vault.seal(secrets, MESSAGE_CONTEXT).toString('hex'),
      facts,
      policy: decision.policy,
      outcome,
      debtor_id: row.debtor.debtorId,
      case_id: row.case.caseId,
      debt_id: row.case.debtId,
      party_id: row.party.partyId,
      party_role: row.party.role,
      value_index: row.point.index,
      channel: proposed.channel,
      mode: proposed.mode,
      purpose: proposed.purpose,
      collector_ids: proposed.collectorIds ?? [],
      device_id: proposed.deviceId,
      key: decision.idempotencyKey,
      // What was said to people is evidence as well, under a key of theirs that can be destroyed.
      personal: secrets === null ? null : personalColumns(sealPersonal(this.vault, institutionId, subject, JSON.parse(secrets))),
    };
  }
}
