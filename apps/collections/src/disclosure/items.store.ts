import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

/** What a file holds, each with what it was made of. */
export const ITEM_KINDS = ['contact', 'recording', 'message', 'letter', 'visit', 'entrustment'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

export interface ItemRow {
  readonly kind: ItemKind;
  readonly id: string;
  /** Milliseconds since 1970: the order of the file, with the id. */
  readonly at: string;
  readonly caseId: string | null;
  readonly agencyId: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly textSealed: Buffer | null;
  readonly noteSealed: Buffer | null;
  readonly valueSealed: Buffer | null;
}

export interface ItemQuestion {
  readonly institutionId: string;
  readonly debtor: string;
  readonly debtorId: string;
  readonly from: Date;
  /** Null: until now. */
  readonly until: Date | null;
}

export interface Place {
  readonly at: number;
  readonly id: string;
}

// $1 institution, $2 debtor, $3 debtor's given id, $4 from, $5 until.
const MS = (column: string): string => `floor(extract(epoch from ${column}) * 1000)::bigint`;
const WITHIN = (column: string): string => `${column} >= $4 and ($5::timestamptz is null or ${column} <= $5)`;
const OURS = 'c.debtor = $2 and c.institution_id = $1';

const DECIDED = `
  select 'contact' as kind, d.id, ${MS('d.decided_at')} as at, c.case_id, d.agency_id, json_build_object(
      'channel', d.proposed->>'channel', 'mode', d.proposed->>'mode', 'purpose', d.proposed->>'purpose', 'partyRole', d.proposed->>'partyRole', 'partyId', d.proposed->>'partyId',
      'collectorIds', coalesce(d.proposed->'collectorIds', '[]'), 'deviceId', d.proposed->>'deviceId', 'requestedBy', d.requested_by, 'contactPointId', d.contact_point,
      'verdict', d.verdict, 'reasons', d.outcome->'reasons', 'packs', d.policy, 'timeZone', d.time_zone, 'initiator', 'us', 'startedAt', k.at, 'endedAt', k.ended_at,
      'result', k.result, 'lapsedAt', k.lapsed_at, 'revokedAt', k.revoked_at, 'revokedReason', k.revoked_reason, 'templateId', d.proposed->'message'->>'templateId',
      'templateVersion', (d.proposed->'message'->>'version')::integer,
      'report', (select json_build_object('reached', o.reached, 'special', o.special, 'attitude', o.attitude, 'arrearsReason', o.arrears_reason, 'wantsNoCalls', o.wants_no_calls,
        'saidBy', o.said_by, 'saidAt', o.said_at) from outcome_report o where o.attempt = d.id),
      -- Which scripts could be read out: nobody notes which one was.
      'scripts', (select coalesce(json_agg(json_build_object('scriptId', s.script_id, 'version', s.version, 'title', s.title) order by s.script_id, s.version), '[]')
        from call_script s where s.institution_id = $1 and s.channel = d.proposed->>'channel' and d.proposed->>'mode' = 'interactive' and s.approved_at <= d.decided_at
          and coalesce(s.retired_at > d.decided_at, true) and (cardinality(s.products) = 0 or c.product = any(s.products))
          and s.audience = case when coalesce(d.proposed->>'partyRole', 'debtor') in ('debtor', 'co-debtor', 'guarantor') then 'debtor' else 'third-party' end)) as body,
    d.message_sealed as text_sealed, k.note_sealed, v.value_sealed
  from collection_case c join decision d on d.collection_case = c.id left join contact k on k.id = d.id
    left join contact_point t on t.id = d.contact_point left join contact_value v on v.value_index = t.value_index and v.institution_id = t.institution_id
  where ${OURS} and ${WITHIN('d.decided_at')}`;

// Of logs and of people who called: nobody asked the gate.
const LOGGED = `
  select 'contact', k.id, ${MS('k.at')}, k.case_id, k.agency_id, json_build_object('channel', k.channel, 'mode', k.mode, 'purpose', k.purpose, 'partyRole', k.party_role,
      'partyId', k.party_id, 'collectorIds', k.collector_ids, 'deviceId', k.device_id, 'requestedBy', null, 'contactPointId', null, 'verdict', null, 'reasons', '[]'::json,
      'packs', null, 'timeZone', k.time_zone, 'initiator', k.initiator, 'startedAt', k.at, 'endedAt', k.ended_at, 'result', k.result, 'lapsedAt', k.lapsed_at,
      'revokedAt', k.revoked_at, 'revokedReason', k.revoked_reason, 'report', null, 'scripts', '[]'::json), null::bytea, k.note_sealed, v.value_sealed
  from contact k left join contact_value v on v.value_index = k.value_index and v.institution_id = k.institution_id
  where k.debtor_id = $3 and k.institution_id = $1 and ${WITHIN('k.at')} and not exists (select from decision d where d.id = k.id)`;

const RECORDED = `
  select 'recording', r.id, ${MS('r.recorded_at')}, c.case_id, r.agency_id, json_build_object('attemptId', r.attempt, 'kind', r.kind, 'mediaType', r.media_type, 'bytes', r.bytes,
      'sha256', encode(r.sha256, 'hex'), 'keepUntil', r.keep_until, 'keptHere', r.upload is not null, 'destroyedAt', r.destroyed_at), null::bytea, null::bytea, null::bytea
  from collection_case c join recording r on r.collection_case = c.id where ${OURS} and ${WITHIN('r.recorded_at')}`;

const SENT = `
  select case when d.channel = 'letter' then 'letter' else 'message' end, d.id, ${MS('d.asked_at')}, c.case_id, d.agency_id, json_build_object('channel', d.channel,
      'kind', d.kind, 'purpose', d.purpose, 'partyId', d.party_id, 'templateId', d.template_id, 'templateVersion', d.template_version, 'askedBy', d.asked_by, 'state', d.state,
      'code', d.code, 'attemptId', d.attempt, 'contactPointId', d.contact_point, 'sentAt', d.sent_at, 'settledAt', d.settled_at, 'tries', d.tries,
      'letter', (select json_build_object('year', l.year, 'number', l.number, 'datedOn', l.dated_on, 'sha256', l.pdf_sha256, 'trackingNo', l.tracking_no)
        from letter l where l.delivery = d.id)), e.message_sealed, null::bytea, v.value_sealed
  from collection_case c join delivery d on d.collection_case = c.id left join decision e on e.id = d.attempt
    left join contact_point t on t.id = d.contact_point left join contact_value v on v.value_index = t.value_index and v.institution_id = t.institution_id
  where ${OURS} and ${WITHIN('d.asked_at')}`;

const VISITED = `
  select 'visit', v.id, ${MS('v.planned_for')}, c.case_id, v.agency_id, json_build_object('attemptId', v.attempt, 'collectorIds', v.collector_ids, 'plannedFor', v.planned_for,
      'plannedBy', v.planned_by, 'arrivedAt', v.arrived_at, 'identityShownAt', v.identity_shown_at, 'consent', v.consent, 'consentAskedAt', v.consent_asked_at,
      'enteredAt', v.entered_at, 'leftAt', v.left_at, 'cameraRecording', v.camera_recording), null::bytea, null::bytea, null::bytea
  from collection_case c join visit v on v.collection_case = c.id where ${OURS} and ${WITHIN('v.planned_for')}`;

// Who had the case: also what began before the period and had not ended.
const ENTRUSTED = `
  select 'entrustment', e.id, ${MS('e.from_at')}, c.case_id, e.agency_id, json_build_object('from', e.from_at, 'until', e.until_at, 'beganBy', e.begun_cause, 'endedBy', e.ended_cause),
    null::bytea, null::bytea, null::bytea
  from collection_case c join entrustment e on e.collection_case = c.id
  where ${OURS} and ($5::timestamptz is null or e.from_at <= $5) and coalesce(e.until_at >= $4, true)`;

const ITEMS = [DECIDED, LOGGED, RECORDED, SENT, VISITED, ENTRUSTED].join(' union all ');

const asked = ({ institutionId, debtor, debtorId, from, until }: ItemQuestion): unknown[] => [institutionId, debtor, debtorId, from, until];

/** All that was done to a debtor, read from the ledgers of the rooms in one order. */
@Injectable()
export class ItemsStore {
  /** In order; one more than the limit, if there are so many. */
  async list(tx: Tx, question: ItemQuestion, after: Place | null, limit: number): Promise<ItemRow[]> {
    return tx.query<ItemRow>(
      `select kind, id, at::text as at, case_id as "caseId", agency_id as "agencyId", body, text_sealed as "textSealed", note_sealed as "noteSealed", value_sealed as "valueSealed"
       from (${ITEMS}) i where $6::bigint is null or (at, id) > ($6, $7::uuid) order by at, id limit $8`,
      [...asked(question), after?.at ?? null, after?.id ?? null, limit + 1],
    );
  }

  /** How many of each kind there are, and when the first and the last was. */
  async count(
    tx: Tx,
    question: ItemQuestion,
  ): Promise<{ readonly kind: ItemKind; readonly n: number; readonly first: Date; readonly last: Date }[]> {
    return tx.query(
      `select kind, count(*)::integer as n, to_timestamp(min(at) / 1000.0) as first, to_timestamp(max(at) / 1000.0) as last from (${ITEMS}) i group by kind order by kind`,
      asked(question),
    );
  }

  async caseIds(tx: Tx, institutionId: string, debtor: string): Promise<string[]> {
    const rows = await tx.query<{ caseId: string }>(
      'select case_id as "caseId" from collection_case where debtor = $2 and institution_id = $1 order by id',
      [institutionId, debtor],
    );
    return rows.map(({ caseId }) => caseId);
  }
}
