import { Injectable } from '@nestjs/common';
import type { DecisionJson, FactsJson, ProposedJson, Result } from '#contact-rules';
import { appendFrom, plainSource } from '#evidence-log';
import type { Tx } from '#pg';
import type { PolicyRef } from '../policy/policy.service.ts';
import type { RevocationReason } from './revocation-reasons.ts';

/** A decision as it is kept: what it takes to make it again, byte for byte. */
export interface DecisionRecord {
  readonly id: string;
  readonly decidedAt: Date;
  readonly permitExpiresAt: Date | null;
  readonly timeZone: string;
  /** Without the text and the variables of its message. */
  readonly proposed: ProposedJson;
  readonly messageSealed: Buffer | null;
  readonly facts: FactsJson;
  readonly policy: PolicyRef;
  readonly outcome: DecisionJson;
  /** The outcome as the bytes that were stored. */
  readonly outcomeText: string;
  readonly lapsedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly revokedReason: RevocationReason | null;
  readonly result: Result | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

export interface NewOutcome {
  readonly result: Result;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly noteSealed: Buffer | null;
  readonly recording: string | null;
  readonly hash: Buffer;
}

const FIND = `
  select d.id, d.decided_at as "decidedAt", d.permit_expires_at as "permitExpiresAt", d.time_zone as "timeZone", d.proposed, d.message_sealed as "messageSealed", d.facts, d.policy, d.outcome,
    d.outcome::text as "outcomeText", c.lapsed_at as "lapsedAt", c.revoked_at as "revokedAt", c.revoked_reason as "revokedReason", c.result, case when c.result is not null then c.at end as "startedAt", c.ended_at as "endedAt"
  from decision d join collection_case k on k.id = d.collection_case left join contact c on c.id = d.id
  where d.id = $1 and d.institution_id = $2 and ($3::text is null or k.agency_id = $3)`;

@Injectable()
export class ContactStore {
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

  /** Marks what has lapsed; returns how many. The counters do not wait for this: they compare the time themselves. */
  async lapse(tx: Tx, now: Date | null, limit: number): Promise<number> {
    const [row] = await tx.query<{ lapsed: number }>(
      `with lapsed as (
         update contact set lapsed_at = coalesce($1, clock_timestamp()) where id in (
           select id from contact where result is null and lapsed_at is null and lapses_at <= coalesce($1, clock_timestamp())
           order by lapses_at limit $2 for update skip locked
         ) returning id, institution_id, lapses_at, lapsed_at
       ), ${plainSource(
         'given',
         `select row_number() over (order by id) as n, institution_id, 'permit-lapsed' as kind, 'system' as actor,
            json_build_object('attemptId', id, 'lapsesAt', lapses_at, 'lapsedAt', lapsed_at) as body from lapsed`,
       )}, ${appendFrom('given', 'institution_id')}
       select count(*)::int as lapsed from lapsed`,
      [now, limit],
    );
    return row?.lapsed ?? 0;
  }
}
