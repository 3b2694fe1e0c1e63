import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Assignment, Reviewer } from './assign.ts';
import type { SheetItem } from './sheet.ts';

export interface SettingRecord {
  readonly percent: number;
  readonly minimum: number;
  readonly secondPercent: number;
  readonly reviewers: readonly Reviewer[];
}

export interface SheetRecord {
  readonly version: number;
  readonly passScore: number;
  readonly items: readonly SheetItem[];
}

/** A recording that may be drawn. */
export interface CandidateRecord {
  readonly id: string;
  readonly contact: string | null;
  readonly recording: string | null;
  readonly caseUuid: string | null;
  readonly agencyId: string | null;
  readonly collectorIds: readonly string[];
  readonly askedBy: string | null;
  readonly recordedAt: Date;
}

export interface Layer {
  readonly agencyId: string | null;
  readonly recordings: number;
  readonly drawn: number;
}

export interface PlanRecord {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly seed: string;
  readonly percent: number;
  readonly minimum: number;
  readonly secondPercent: number;
  readonly sheetVersion: number;
  readonly layers: readonly Layer[];
  readonly drawn: number;
  readonly finished: number;
  readonly drawnAt: Date;
  readonly drawnBy: string;
}

export type NewPlan = Omit<PlanRecord, 'id' | 'drawn' | 'finished'>;

export interface NewReview {
  readonly id: string;
  readonly caseUuid: string | null;
  readonly agencyId: string | null;
  readonly reviewer: string | null;
}

const PLAN = `p.id, p.period_from as "from", p.period_to as "to", p.seed, p.percent, p.minimum, p.second_percent as "secondPercent", p.sheet_version as "sheetVersion", p.layers,
  (select count(*)::int from quality_sample s where s.plan = p.id) as drawn, (select count(*)::int from quality_sample s where s.plan = p.id and s.finished_at is not null) as finished,
  p.drawn_at as "drawnAt", p.drawn_by as "drawnBy"`;

@Injectable()
export class PlanStore {
  /** Nobody else of the institution draws or sets until the transaction ends. */
  async lock(tx: Tx, institutionId: string): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('quality ' || $1, 0))`, [institutionId]);
  }

  async setting(tx: Tx, institutionId: string): Promise<SettingRecord | null> {
    const [row] = await tx.query<SettingRecord>(
      `select percent, minimum, second_percent as "secondPercent", reviewers from quality_setting where institution_id = $1`,
      [institutionId],
    );
    return row ?? null;
  }

  async set(tx: Tx, institutionId: string, setting: SettingRecord, by: string, at: Date): Promise<void> {
    await tx.query(
      `insert into quality_setting (institution_id, percent, minimum, second_percent, reviewers, set_by, set_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (institution_id) do update set percent = excluded.percent, minimum = excluded.minimum, second_percent = excluded.second_percent,
         reviewers = excluded.reviewers, set_by = excluded.set_by, set_at = excluded.set_at`,
      [institutionId, setting.percent, setting.minimum, setting.secondPercent, JSON.stringify(setting.reviewers), by, at],
    );
  }

  /** Over all institutions: those that have something drawn each week. */
  async institutions(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ institutionId: string }>(
      'select institution_id as "institutionId" from quality_setting order by institution_id',
    );
    return rows.map(({ institutionId }) => institutionId);
  }

  /** The latest first. */
  async sheets(tx: Tx, institutionId: string): Promise<SheetRecord[]> {
    return tx.query<SheetRecord>(
      `select version, pass_score as "passScore", items from quality_sheet where institution_id = $1 order by version desc`,
      [institutionId],
    );
  }

  async addSheet(
    tx: Tx,
    institutionId: string,
    sheet: SheetRecord & { readonly note: string; readonly by: string; readonly at: Date },
  ): Promise<void> {
    await tx.query(
      'insert into quality_sheet (version, institution_id, pass_score, items, note, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [sheet.version, institutionId, sheet.passScore, JSON.stringify(sheet.items), sheet.note, sheet.by, sheet.at],
    );
  }

  async overlapping(tx: Tx, institutionId: string, from: string, to: string): Promise<boolean> {
    const rows = await tx.query('select from quality_plan where institution_id = $1 and period_from <= $3 and period_to >= $2 limit 1', [
      institutionId,
      from,
      to,
    ]);
    return rows.length > 0;
  }

  /**
   * Every contact of ours of these days that has a recording, kept in the register or named by its outcome or import: once, whichever way, and
   * by the earliest that is kept. And what is kept of a case alone.
   */
  async candidates(tx: Tx, institutionId: string, from: string, to: string, zone: string): Promise<CandidateRecord[]> {
    return tx.query<CandidateRecord>(
      `with span as (select $2::date::timestamp at time zone $4 as since, ($3::date + 1)::timestamp at time zone $4 as before)
       select c.id, c.id as contact, k.id as recording, coalesce(d.collection_case, k.collection_case) as "caseUuid", c.agency_id as "agencyId", c.collector_ids as "collectorIds",
         d.requested_by as "askedBy", c.at as "recordedAt"
       from span, contact c left join decision d on d.id = c.id left join lateral (
         select r.id, r.collection_case from recording r where r.attempt = c.id and r.destroyed_at is null order by r.recorded_at, r.id limit 1) k on true
       where c.institution_id = $1 and (c.recording is not null or k.id is not null) and c.initiator = 'us' and c.at >= span.since and c.at < span.before
       union all
       select r.id, null, r.id, r.collection_case, r.agency_id, '{}', r.created_by, r.recorded_at
       from span, recording r
       where r.institution_id = $1 and r.attempt is null and r.destroyed_at is null and r.recorded_at >= span.since and r.recorded_at < span.before`,
      [institutionId, from, to, zone],
    );
  }

  /** Keeps the plan with what was drawn; the ids of the samples by unit. */
  async add(
    tx: Tx,
    institutionId: string,
    plan: NewPlan,
    samples: readonly (CandidateRecord & { readonly second: boolean })[],
  ): Promise<{ readonly id: string; readonly sampleOf: ReadonlyMap<string, string> }> {
    const [row] = await tx.query<{ id: string }>(
      `insert into quality_plan (institution_id, period_from, period_to, seed, percent, minimum, second_percent, sheet_version, layers, drawn_at, drawn_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
      [
        institutionId,
        plan.from,
        plan.to,
        plan.seed,
        plan.percent,
        plan.minimum,
        plan.secondPercent,
        plan.sheetVersion,
        JSON.stringify(plan.layers),
        plan.drawnAt,
        plan.drawnBy,
      ],
    );
    if (!row) throw new Error('the plan was not kept');
    const kept = await tx.query<{ id: string; unit: string }>(
      `insert into quality_sample (institution_id, plan, unit, contact, recording, collection_case, agency_id, collector_ids, asked_by, recorded_at, second)
       select $1, $2, r.id, r.contact, r.recording, r."caseUuid", r."agencyId", array(select json_array_elements_text(r."collectorIds")), r."askedBy", r."recordedAt", r.second
       from json_to_recordset($3) as r(id uuid, contact uuid, recording uuid, "caseUuid" uuid, "agencyId" text, "collectorIds" json, "askedBy" text, "recordedAt" timestamptz, second boolean)
       returning id, unit`,
      [institutionId, row.id, JSON.stringify(samples)],
    );
    return { id: row.id, sampleOf: new Map(kept.map(({ id, unit }) => [unit, id])) };
  }

  /** Reviews that are to be done. */
  async addReviews(tx: Tx, institutionId: string, reviews: readonly Assignment[], at: Date): Promise<NewReview[]> {
    return tx.query<NewReview>(
      `with added as (insert into quality_review (institution_id, sample, position, reviewer, opened_at)
         select $1, r.id, r.position, r.reviewer, $3 from json_to_recordset($2) as r(id uuid, position smallint, reviewer text) returning id, sample, reviewer)
       select a.id, s.collection_case as "caseUuid", s.agency_id as "agencyId", a.reviewer from added a join quality_sample s on s.id = a.sample`,
      [institutionId, JSON.stringify(reviews), at],
    );
  }

  /** How many open reviews each has. */
  async load(tx: Tx, institutionId: string): Promise<Map<string, number>> {
    const rows = await tx.query<{ reviewer: string; count: number }>(
      'select reviewer, count(*)::int as count from quality_review where institution_id = $1 and done_at is null and reviewer is not null group by reviewer',
      [institutionId],
    );
    return new Map(rows.map(({ reviewer, count }) => [reviewer, count]));
  }

  /** The latest first; one more than the limit, if there are so many. */
  async list(tx: Tx, institutionId: string, before: string | null, limit: number): Promise<PlanRecord[]> {
    return tx.query<PlanRecord>(
      `select ${PLAN} from quality_plan p where p.institution_id = $1 and ($2::uuid is null or p.id < $2) order by p.id desc limit $3`,
      [institutionId, before, limit + 1],
    );
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<PlanRecord | null> {
    const [row] = await tx.query<PlanRecord>(`select ${PLAN} from quality_plan p where p.institution_id = $1 and p.id = $2`, [
      institutionId,
      id,
    ]);
    return row ?? null;
  }
}
