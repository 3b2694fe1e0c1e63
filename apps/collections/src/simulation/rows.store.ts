import { Injectable } from '@nestjs/common';
import type { Channel, FactsJson, Initiator, Mode, PartyRole, ProposedJson, Purpose, Result } from '#contact-rules';
import type { Tx } from '#pg';
import { throughCursor } from '#reports';
import { pointToken } from '../contact/facts.ts';
import type { LogRow } from '../lookback/log-row.ts';

/** What a simulation reads of the ledger. */
export interface SimulationScope {
  readonly institutionId: string;
  /** First and last instant of the contacts to be judged; the last is not among them. */
  readonly from: Date;
  readonly until: Date;
  /** How much older contacts may still count. */
  readonly historyMs: number;
}

/** What a contact is about, besides what its rules ask. */
export interface About {
  readonly caseId: string | null;
  /** Empty: the case is not known. */
  readonly product: string;
  /** Local date, as the register has it now. */
  readonly overdueSince: string | null;
}

/** A contact that took place, or is permitted and pending. */
export interface PastEvent extends About {
  readonly kind: 'contact';
  readonly at: number;
  readonly row: LogRow;
  /** It had a permit: the decision was judged. */
  readonly isPermit: boolean;
}

/** A decision of the gate. */
export interface DecisionEvent extends About {
  readonly kind: 'decision';
  readonly at: number;
  readonly id: string;
  readonly agencyId: string | null;
  readonly proposed: ProposedJson;
  readonly messageSealed: Buffer | null;
  readonly facts: FactsJson;
  /** How far back the recorded history goes. */
  readonly coveredMs: number;
}

export interface PendingPermit extends DecisionEvent {
  readonly expiresAt: Date;
}

interface ContactRaw {
  readonly attemptId: string;
  readonly caseId: string | null;
  readonly debtorId: string;
  readonly debtId: string | null;
  readonly partyId: string | null;
  readonly partyRole: PartyRole | null;
  readonly index: string;
  readonly channel: Channel;
  readonly mode: Mode | null;
  readonly purpose: Purpose | null;
  readonly initiator: Initiator;
  readonly agencyId: string | null;
  readonly collectorIds: readonly string[];
  readonly deviceId: string | null;
  readonly at: number;
  readonly result: Result | null;
  readonly timeZone: string;
  readonly isPermit: boolean;
  readonly product: string | null;
  readonly overdueSince: string | null;
}

// In milliseconds: a permit of the gate never falls between two.
const EPOCH = (column: string): string => `floor(extract(epoch from ${column}) * 1000)::float8`;

// A permit's contact has the id of its decision.
const CONTACTS = `
  select c.attempt_id as "attemptId", c.case_id as "caseId", c.debtor_id as "debtorId", c.debt_id as "debtId", c.party_id as "partyId", c.party_role as "partyRole",
    encode(c.value_index, 'hex') as index, c.channel, c.mode, c.purpose, c.initiator, c.agency_id as "agencyId", c.collector_ids as "collectorIds",
    c.device_id as "deviceId", ${EPOCH('c.at')} as at, c.result, c.time_zone as "timeZone", c.attempt_id = c.id::text as "isPermit", k.product, k.overdue_since as "overdueSince"
  from contact c left join collection_case k on k.case_id = c.case_id and k.institution_id = c.institution_id
  where c.institution_id = $1 and c.at >= $2 and c.at < $3 order by c.at, c.id`;

const DECISION = `d.id, d.agency_id as "agencyId", ${EPOCH('d.decided_at')} as at, d.proposed, d.message_sealed as "messageSealed", d.facts,
    k.case_id as "caseId", k.product, k.overdue_since as "overdueSince",
    greatest(coalesce(v.history_ms, 0), 30 * 3600000)::float8 as "coveredMs"
  from decision d join collection_case k on k.id = d.collection_case
    left join policy_version v on v.institution_id = d.institution_id and v.number = (d.policy->>'institution')::integer`;

const DECISIONS = `select ${DECISION} where d.institution_id = $1 and d.decided_at >= $2 and d.decided_at < $3 order by d.decided_at, d.id`;

const PENDING = `
  select d.permit_expires_at as "expiresAt", ${DECISION}
  where d.institution_id = $1 and d.id in (select id from contact where result is null and lapsed_at is null and lapses_at > $2)
    and d.permit_expires_at > $2 order by d.permit_expires_at, d.id`;

const toEvent = (raw: ContactRaw): PastEvent => ({
  kind: 'contact',
  at: raw.at,
  caseId: raw.caseId,
  product: raw.product ?? '',
  overdueSince: raw.overdueSince,
  isPermit: raw.isPermit,
  row: {
    attemptId: raw.attemptId,
    caseId: raw.caseId,
    debtorId: raw.debtorId,
    debtId: raw.debtId,
    partyId: raw.partyId,
    partyRole: raw.partyRole,
    contactPoint: pointToken(raw.index),
    channel: raw.channel,
    mode: raw.mode,
    purpose: raw.purpose,
    initiator: raw.initiator,
    agencyId: raw.agencyId,
    collectorIds: raw.collectorIds.length === 0 ? null : raw.collectorIds,
    deviceId: raw.deviceId,
    startedAt: raw.at,
    result: raw.result,
    timeZone: raw.timeZone,
    line: '',
    file: 0,
    row: 0,
  },
});

/** Decisions and contacts of a time, each in the order of time, from one snapshot and in memory that stays flat. */
@Injectable()
export class SimulationRowsStore {
  /** How many rows `contacts` and `decisions` give together. */
  async count(tx: Tx, { institutionId, from, until, historyMs }: SimulationScope): Promise<number> {
    const [row] = await tx.query<{ rows: number }>(
      `select (select count(*) from decision where institution_id = $1 and decided_at >= $3 and decided_at < $4)::float8
         + (select count(*) from contact where institution_id = $1 and at >= $2 and at < $4)::float8 as rows`,
      [institutionId, new Date(from.getTime() - historyMs), from, until],
    );
    return row?.rows ?? 0;
  }

  /** Debtors who are looked for through others in the time. */
  async searched(tx: Tx, { institutionId, from, until }: SimulationScope): Promise<Set<string>> {
    const rows = await tx.query<{ debtorId: string }>(
      `select distinct debtor_id as "debtorId" from contact where institution_id = $1 and at >= $2 and at < $3 and purpose in ('locate', 'relay')
         and party_role in ('related', 'unrelated', 'representative')`,
      [institutionId, from, until],
    );
    return new Set(rows.map(({ debtorId }) => debtorId));
  }

  /** From before the time on, as far as anything counts. */
  async *contacts(tx: Tx, { institutionId, from, until, historyMs }: SimulationScope): AsyncGenerator<PastEvent[]> {
    const since = new Date(from.getTime() - historyMs);
    for await (const batch of throughCursor<ContactRaw>(tx, CONTACTS, [institutionId, since, until])) yield batch.map(toEvent);
  }

  async *decisions(tx: Tx, { institutionId, from, until }: SimulationScope): AsyncGenerator<DecisionEvent[]> {
    for await (const batch of throughCursor<Omit<DecisionEvent, 'kind'>>(tx, DECISIONS, [institutionId, from, until]))
      yield batch.map((raw) => ({ ...raw, kind: 'decision' }));
  }

  /** Permits whose contact has not been reported and that have not lapsed, the first to expire first. */
  async *pending(tx: Tx, { institutionId, until }: SimulationScope): AsyncGenerator<PendingPermit[]> {
    for await (const batch of throughCursor<Omit<PendingPermit, 'kind'>>(tx, PENDING, [institutionId, until]))
      yield batch.map((raw) => ({ ...raw, kind: 'decision' }));
  }
}
