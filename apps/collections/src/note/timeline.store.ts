import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import type { TimelineKind } from './note.dto.ts';

export interface TimelineRecord {
  readonly kind: TimelineKind;
  readonly id: string;
  readonly at: Date;
  readonly by: string | null;
  readonly agencyId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  /** What was written; null: nothing. */
  readonly text: string | null;
}

/** Where a page goes on: everything before it in time, and at the same instant by kind and id. */
export interface TimelinePlace {
  readonly at: Date;
  readonly id: string;
}

const CONTEXTS: Readonly<Partial<Record<TimelineKind, string>>> = {
  attempt: 'contact.note',
  note: 'case_note.text',
  act: 'register_act.reason',
  promise: 'promise.note',
};

const BEFORE = (at: string, id: string): string =>
  `($3::timestamptz is null or (${at}, ${id}) < ($3, $4::uuid)) order by ${at} desc, ${id} desc limit $5`;

// Each part in its own order and no longer than the page; then one order for all. $1 the case, $2 the agency that reads: it sees what its own people did,
// what stops or allows contact, and what the bank shares.
const PARTS: Readonly<Record<TimelineKind, string>> = {
  attempt: `select 'attempt' as kind, d.id, coalesce(c.at, d.decided_at) as at, d.requested_by as by, d.agency_id, c.note_sealed as sealed,
      json_build_object('verdict', d.verdict, 'channel', d.proposed->>'channel', 'purpose', d.proposed->>'purpose', 'partyId', d.proposed->>'partyId',
        'partyRole', d.proposed->>'partyRole', 'result', c.result, 'startedAt', case when c.result is not null then c.at end, 'endedAt', c.ended_at,
        'revokedReason', c.revoked_reason, 'ruleIds', (select coalesce(json_agg(r->>'ruleId'), '[]') from json_array_elements(d.outcome->'reasons') r where r->>'severity' = 'block'),
        'nextPermittedAt', d.outcome->>'nextPermittedAt', 'reached', o.reached, 'special', o.special, 'attitude', o.attitude, 'arrearsReason', o.arrears_reason,
        'followUpAt', o.follow_up_at, 'bestFrom', o.best_from, 'bestTo', o.best_to, 'wantsNoCalls', o.wants_no_calls, 'stops', o.stops, 'promiseId', o.promise) as detail
    from decision d left join contact c on c.id = d.id left join outcome_report o on o.attempt = d.id
    where d.collection_case = $1 and ($2::text is null or d.agency_id = $2) and ${BEFORE('coalesce(c.at, d.decided_at)', 'd.id')}`,
  act: `select 'act' as kind, a.id, a.at, a.subject as by, null::text as agency_id, case when $2::text is null then a.reason_sealed end as sealed,
      json_build_object('action', a.action, 'resource', a.resource, 'set', a.detail, 'evidence', case when $2::text is null then a.evidence end) as detail
    from register_act a where a.collection_case = $1 and a.action not like 'promise-%'
      and ($2::text is null or a.action in ('hold-set', 'hold-released', 'consent-given', 'consent-withdrawn', 'opt-out-set', 'opt-out-withdrawn', 'point-status', 'referral-told'))
      and ${BEFORE('a.at', 'a.id')}`,
  note: `select 'note' as kind, n.id, n.at, n.by, n.agency_id, n.text_sealed as sealed, json_build_object('shared', n.shared) as detail
    from case_note n where n.collection_case = $1 and ($2::text is null or n.agency_id = $2 or n.agency_id is null and n.shared) and ${BEFORE('n.at', 'n.id')}`,
  promise: `select 'promise' as kind, p.id, p.made_at as at, p.made_by as by, p.agency_id, p.note_sealed as sealed,
      json_build_object('amount', p.amount::text, 'currency', p.currency, 'dueOn', p.due_on, 'state', p.state, 'settledAt', p.settled_at, 'attemptId', p.attempt) as detail
    from promise p where p.collection_case = $1 and ($2::text is null or p.agency_id = $2) and ${BEFORE('p.made_at', 'p.id')}`,
  visit: `select 'visit' as kind, v.id, coalesce(v.arrived_at, v.planned_at) as at, v.planned_by as by, v.agency_id, null::bytea as sealed,
      json_build_object('plannedFor', v.planned_for, 'collectorIds', v.collector_ids, 'arrivedAt', v.arrived_at, 'identityShownAt', v.identity_shown_at, 'consent', v.consent,
        'enteredAt', v.entered_at, 'leftAt', v.left_at, 'attemptId', v.attempt) as detail
    from visit v where v.collection_case = $1 and ($2::text is null or v.agency_id = $2) and ${BEFORE('coalesce(v.arrived_at, v.planned_at)', 'v.id')}`,
  recording: `select 'recording' as kind, r.id, r.recorded_at as at, r.created_by as by, r.agency_id, null::bytea as sealed,
      json_build_object('kind', r.kind, 'attemptId', r.attempt, 'mediaType', r.media_type, 'destroyedAt', r.destroyed_at) as detail
    from recording r where r.collection_case = $1 and ($2::text is null or r.agency_id = $2) and ${BEFORE('r.recorded_at', 'r.id')}`,
};

type Row = Omit<TimelineRecord, 'text'> & { readonly sealed: Buffer | null };

/** What happened on a case, from every room, in one order of time. */
@Injectable()
export class TimelineStore {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  /** The newest first; one more than the limit, if there are so many. */
  async list(
    tx: Tx,
    caseUuid: string,
    agencyId: string | null,
    kinds: readonly TimelineKind[],
    before: TimelinePlace | null,
    limit: number,
  ): Promise<TimelineRecord[]> {
    const parts = kinds.map((kind) => `(${PARTS[kind]})`).join('\nunion all\n');
    const rows = await tx.query<Row>(
      `select kind, id, at, by, agency_id as "agencyId", sealed, detail from (${parts}) t
       order by at desc, id desc limit $5`,
      [caseUuid, agencyId, before?.at ?? null, before?.id ?? null, limit + 1],
    );
    return rows.map(({ sealed, ...row }) => ({ ...row, text: sealed === null ? null : this.vault.open(sealed, CONTEXTS[row.kind] ?? '') }));
  }
}
