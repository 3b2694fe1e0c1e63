import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Step } from './ladder.ts';

export const SANCTION_STATES = ['proposed', 'in-force', 'ended', 'rejected', 'withdrawn', 'revoked'] as const;
export type SanctionState = (typeof SANCTION_STATES)[number];
export const GROUND_KINDS = ['inspection-finding', 'agency-finding', 'look-back', 'evaluation'] as const;
export type GroundKind = (typeof GROUND_KINDS)[number];
export const APPEAL_OUTCOMES = ['upheld', 'revoked'] as const;
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number];

export interface Ground {
  readonly kind: GroundKind;
  readonly id: string;
}

export interface SanctionRecord {
  readonly id: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly step: Step;
  readonly state: SanctionState;
  readonly suggested: Step;
  readonly reasonSealed: Buffer;
  readonly skipReasonSealed: Buffer | null;
  readonly grounds: readonly Ground[];
  readonly fromOn: string | null;
  readonly untilOn: string | null;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly inForceAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly endNoteSealed: Buffer | null;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: Date | null;
  readonly appealSealed: Buffer | null;
  readonly appealedBy: string | null;
  readonly appealedAt: Date | null;
  readonly appealOutcome: AppealOutcome | null;
  readonly appealDecidedBy: string | null;
  readonly appealDecidedAt: Date | null;
  readonly appealNoteSealed: Buffer | null;
}

export type NewSanction = Pick<
  SanctionRecord,
  'agencyId' | 'step' | 'suggested' | 'reasonSealed' | 'skipReasonSealed' | 'grounds' | 'untilOn' | 'proposedBy' | 'proposedAt'
>;

export interface SanctionFilter {
  readonly institutionId: string;
  /** Of this agency alone, and what has come into force; null: all. */
  readonly own: string | null;
  readonly agencyId: string | null;
  readonly state: SanctionState | null;
  readonly after: string | null;
  readonly limit: number;
}

export interface LadderFacts {
  readonly subContracting: boolean;
  readonly lateCritical: boolean;
}

const COLUMNS = `s.id, s.agency_id as "agencyId", a.name as "agencyName", s.step, s.state, s.suggested, s.reason_sealed as "reasonSealed", s.skip_reason_sealed as "skipReasonSealed",
  s.grounds, s.from_on::text as "fromOn", s.until_on::text as "untilOn", s.proposed_by as "proposedBy", s.proposed_at as "proposedAt", s.approved_by as "approvedBy",
  s.approved_at as "approvedAt", s.in_force_at as "inForceAt", s.ended_at as "endedAt", s.ended_by as "endedBy", s.end_note_sealed as "endNoteSealed",
  s.acknowledged_by as "acknowledgedBy", s.acknowledged_at as "acknowledgedAt", s.appeal_sealed as "appealSealed", s.appealed_by as "appealedBy", s.appealed_at as "appealedAt",
  s.appeal_outcome as "appealOutcome", s.appeal_decided_by as "appealDecidedBy", s.appeal_decided_at as "appealDecidedAt", s.appeal_note_sealed as "appealNoteSealed"`;
const FROM = `from sanction s join agency a on a.agency_id = s.agency_id and a.institution_id = s.institution_id`;

const GROUNDS: Readonly<Record<GroundKind, string>> = {
  'inspection-finding': `select id from inspection_finding where id = any($1::uuid[]) and institution_id = $2 and agency_id = $3 and state <> 'draft'`,
  'agency-finding': `select id from agency_finding where id = any($1::uuid[]) and institution_id = $2 and agency_id = $3 and state = 'confirmed'`,
  'look-back': `select id from lookback where id = any($1::uuid[]) and institution_id = $2 and state = 'done'
    and exists (select from json_array_elements(summary->'byAgency') as line where line->>'agencyId' = $3)`,
  evaluation: `select id from agency_evaluation where id = any($1::uuid[]) and institution_id = $2 and agency_id = $3 and state = 'confirmed'`,
};

@Injectable()
export class SanctionStore {
  async add(tx: Tx, institutionId: string, made: NewSanction): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into sanction (institution_id, agency_id, step, state, suggested, reason_sealed, skip_reason_sealed, grounds, until_on, proposed_by, proposed_at)
       values ($1, $2, $3, 'proposed', $4, $5, $6, $7, $8, $9, $10) returning id`,
      [
        institutionId,
        made.agencyId,
        made.step,
        made.suggested,
        made.reasonSealed,
        made.skipReasonSealed,
        JSON.stringify(made.grounds),
        made.untilOn,
        made.proposedBy,
        made.proposedAt,
      ],
    );
    if (!row) throw new Error('the sanction was not stored');
    return row.id;
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<SanctionRecord | null> {
    const [row] = await tx.query<SanctionRecord>(`select ${COLUMNS} ${FROM} where s.id = $1 and s.institution_id = $2`, [
      id,
      institutionId,
    ]);
    return row ?? null;
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, { institutionId, own, agencyId, state, after, limit }: SanctionFilter): Promise<SanctionRecord[]> {
    return tx.query(
      `select ${COLUMNS} ${FROM} where s.institution_id = $1 and ($2::text is null or (s.agency_id = $2 and s.in_force_at is not null))
         and ($3::text is null or s.agency_id = $3) and ($4::text is null or s.state = $4) and ($5::uuid is null or s.id < $5) order by s.id desc limit $6`,
      [institutionId, own, agencyId, state, after, limit + 1],
    );
  }

  /** Which of these are not grounds against the agency. */
  async unfounded(tx: Tx, institutionId: string, agencyId: string, kind: GroundKind, ids: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(GROUNDS[kind], [ids, institutionId, agencyId]);
    const known = new Set(rows.map(({ id }) => id));
    return ids.filter((id) => !known.has(id));
  }

  /** Steps that came into force since an instant and were not revoked. */
  async taken(tx: Tx, institutionId: string, agencyId: string, since: Date): Promise<Step[]> {
    const rows = await tx.query<{ step: Step }>(
      `select step from sanction where agency_id = $1 and institution_id = $2 and state in ('in-force', 'ended') and in_force_at >= $3 order by id`,
      [agencyId, institutionId, since],
    );
    return rows.map(({ step }) => step);
  }

  /** What asks for more than the next step: sub-contracting confirmed since then that no sanction rests on, a critical finding that is late. */
  async ladderFacts(
    tx: Tx,
    institutionId: string,
    agencyId: string,
    { since, today }: { since: Date; today: string },
  ): Promise<LadderFacts> {
    const [row] = await tx.query<LadderFacts>(
      `select exists (select from agency_finding f where f.agency_id = $1 and f.institution_id = $2 and f.state = 'confirmed' and f.judged_at >= $3
           and not exists (select from sanction s, json_array_elements(s.grounds) as g where s.agency_id = $1 and s.institution_id = $2
             and s.state in ('in-force', 'ended') and g->>'id' = f.id::text)) as "subContracting",
         exists (select from inspection_finding f where f.agency_id = $1 and f.institution_id = $2 and f.state = 'open' and f.severity = 'critical' and f.due_on < $4) as "lateCritical"`,
      [agencyId, institutionId, since, today],
    );
    return row ?? { subContracting: false, lateCritical: false };
  }

  /** Comes into force; `approvedBy` null: the proposer alone may. */
  async enforce(tx: Tx, id: string, { approvedBy, at, on }: { approvedBy: string | null; at: Date; on: string }): Promise<void> {
    await tx.query(
      `update sanction set state = 'in-force', in_force_at = $3, from_on = $4, approved_by = $2, approved_at = case when $2::text is null then null else $3::timestamptz end where id = $1`,
      [id, approvedBy, at, on],
    );
  }

  /** It is over: refused, taken back, ended or revoked. */
  async end(
    tx: Tx,
    id: string,
    {
      state,
      by,
      at,
      noteSealed,
    }: { state: Exclude<SanctionState, 'proposed' | 'in-force'>; by: string; at: Date; noteSealed: Buffer | null },
  ): Promise<void> {
    await tx.query(`update sanction set state = $2, ended_by = $3, ended_at = $4, end_note_sealed = $5 where id = $1`, [
      id,
      state,
      by,
      at,
      noteSealed,
    ]);
  }

  async acknowledge(tx: Tx, id: string, { by, at }: { by: string; at: Date }): Promise<void> {
    await tx.query(`update sanction set acknowledged_by = $2, acknowledged_at = $3 where id = $1`, [id, by, at]);
  }

  async appeal(tx: Tx, id: string, { by, at, appealSealed }: { by: string; at: Date; appealSealed: Buffer }): Promise<void> {
    await tx.query(`update sanction set appeal_sealed = $4, appealed_by = $2, appealed_at = $3 where id = $1`, [id, by, at, appealSealed]);
  }

  async decideAppeal(
    tx: Tx,
    id: string,
    { outcome, by, at, noteSealed }: { outcome: AppealOutcome; by: string; at: Date; noteSealed: Buffer },
  ): Promise<void> {
    await tx.query(
      `update sanction set appeal_outcome = $2, appeal_decided_by = $3, appeal_decided_at = $4, appeal_note_sealed = $5 where id = $1`,
      [id, outcome, by, at, noteSealed],
    );
  }

  /** Of every institution: suspensions whose last day lies before this one. */
  async over(tx: Tx, day: string): Promise<{ institutionId: string; id: string; agencyId: string }[]> {
    return tx.query(
      `select institution_id as "institutionId", id, agency_id as "agencyId" from sanction
       where state = 'in-force' and step = 'rights-suspended' and until_on < $1 order by until_on, id`,
      [day],
    );
  }
}
