import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Judged } from './surge-rule.ts';

export const SURGE_DIMENSIONS = ['cause', 'area', 'agency'] as const;
export type SurgeDimension = (typeof SURGE_DIMENSIONS)[number];

export interface Rate {
  readonly institutionId: string;
  readonly dimension: SurgeDimension;
  readonly code: string;
  readonly windowHours: number;
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

export interface SurgeRecord {
  readonly id: string;
  readonly dimension: SurgeDimension;
  readonly code: string;
  readonly windowHours: number;
  readonly openedAt: Date;
  readonly endedAt: Date | null;
  readonly count: number;
  readonly peak: number;
  readonly expected: number;
  readonly spread: number;
  readonly chance: number;
  readonly eventId: string | null;
}

const COLUMNS = `s.id, s.dimension, s.code, s.window_hours as "windowHours", s.opened_at as "openedAt", s.ended_at as "endedAt", s.count, s.peak, s.expected, s.spread, s.chance,
  (select e.id from major_event e where e.surge = s.id and e.state <> 'dismissed' order by e.id desc limit 1) as "eventId"`;

// What a complaint is about: what a person confirmed, else what is suggested. $1 now.
const SORTED = `
  select c.id, c.institution_id, c.received_at, k.dimension, k.code
  from complaint c left join classification l on l.complaint = c.id
  cross join lateral (values
    ('cause', coalesce(l.cause_code, (select s ->> 'code' from jsonb_array_elements(coalesce(l.suggested -> 'suggestions', '[]')) s where s ->> 'dimension' = 'cause' limit 1))),
    ('area', coalesce(l.area, (select s ->> 'code' from jsonb_array_elements(coalesce(l.suggested -> 'suggestions', '[]')) s where s ->> 'dimension' = 'area' limit 1))),
    ('agency', c.against_agency_id)) as k(dimension, code)
  where k.code is not null and c.source <> 'import'`;

// One statement for all institutions and both windows. The past is cut into stretches as long as the window; those in which nothing came count as well.
const RATES = `
  with sorted as materialized (${SORTED} and c.received_at > $1::timestamptz - make_interval(days => $3 + 7) and c.received_at <= $1),
  stretches as (
    select s.institution_id, s.dimension, s.code, w.hours, floor(extract(epoch from $1::timestamptz - s.received_at) / 3600 / w.hours)::int as stretch
    from sorted s cross join unnest($2::int[]) as w(hours)
    where s.received_at > $1::timestamptz - make_interval(hours => w.hours) - make_interval(days => $3)),
  counts as (select institution_id, dimension, code, hours, stretch, count(*)::float8 as n from stretches group by 1, 2, 3, 4, 5)
  select institution_id as "institutionId", dimension, code, hours as "windowHours", coalesce(max(n) filter (where stretch = 0), 0)::int as count,
    coalesce(sum(n) filter (where stretch > 0), 0) / ($3 * 24 / hours) as mean,
    coalesce(sum(n * n) filter (where stretch > 0), 0) / ($3 * 24 / hours) - power(coalesce(sum(n) filter (where stretch > 0), 0) / ($3 * 24 / hours), 2) as variance
  from counts group by 1, 2, 3, 4`;

@Injectable()
export class SurgeStore {
  async rates(tx: Tx, now: Date, windows: readonly number[], pastDays: number): Promise<Rate[]> {
    return tx.query(RATES, [now, windows, pastDays]);
  }

  /** Puts down what is a surge now; returns those that are new. */
  async keep(
    tx: Tx,
    surges: readonly (Rate & Judged & { readonly settingsVersion: number })[],
    now: Date,
  ): Promise<{ id: string; institutionId: string; dimension: SurgeDimension; code: string }[]> {
    if (surges.length === 0) return [];
    const incoming = surges.map((surge) => ({
      institution: surge.institutionId,
      dimension: surge.dimension,
      code: surge.code,
      hours: surge.windowHours,
      count: surge.count,
      expected: surge.expected,
      spread: surge.spread,
      chance: surge.chance,
      version: surge.settingsVersion,
    }));
    const rows = await tx.query<{ id: string; institutionId: string; dimension: SurgeDimension; code: string; isNew: boolean }>(
      `insert into surge (institution_id, dimension, code, window_hours, opened_at, count, peak, expected, spread, chance, settings_version, seen_at)
       select r.institution, r.dimension, r.code, r.hours, $2, r.count, r.count, r.expected, r.spread, r.chance, r.version, $2
       from json_to_recordset($1) as r(institution text, dimension text, code text, hours integer, count integer, expected float8, spread float8, chance float8, version integer)
       on conflict (dimension, code, institution_id) where ended_at is null do update set window_hours = excluded.window_hours, count = excluded.count,
         peak = greatest(surge.peak, excluded.count), expected = excluded.expected, spread = excluded.spread, chance = excluded.chance, settings_version = excluded.settings_version, seen_at = excluded.seen_at
       returning id, institution_id as "institutionId", dimension, code, xmax = 0 as "isNew"`,
      [JSON.stringify(incoming), now],
    );
    return rows.filter(({ isNew }) => isNew);
  }

  /** Ends what is a surge no more. */
  async end(tx: Tx, now: Date): Promise<{ id: string; institutionId: string }[]> {
    return tx.query(
      `update surge set ended_at = $1, seen_at = $1 where ended_at is null and seen_at < $1 returning id, institution_id as "institutionId"`,
      [now],
    );
  }

  /** Tells both roles of each, by the newest complaint that is part of it. */
  async notify(tx: Tx, surges: readonly string[], kind: string, now: Date, pastDays: number): Promise<void> {
    if (surges.length === 0) return;
    await tx.query(
      `with sorted as materialized (${SORTED} and c.received_at > $1::timestamptz - make_interval(days => $2) and c.received_at <= $1),
       latest as (
         select distinct on (s.id) s.id, s.institution_id, s.dimension, s.code, s.count, s.expected, t.id as complaint
         from surge s join sorted t on t.institution_id = s.institution_id and t.dimension = s.dimension and t.code = s.code where s.id = any($3) order by s.id, t.received_at desc)
       insert into notification (institution_id, complaint, kind, recipient_role, created_at, data)
       select l.institution_id, l.complaint, $4, r.role, $1, json_build_object('surgeId', l.id, 'dimension', l.dimension, 'code', l.code, 'count', l.count, 'dueOn', null)
       from latest l cross join unnest(array['complaint-supervisor', 'compliance']) as r(role)`,
      [now, pastDays, surges, kind],
    );
  }

  /** Those that last first, then the newest. */
  async list(tx: Tx, institutionId: string, limit: number): Promise<SurgeRecord[]> {
    return tx.query(
      `select ${COLUMNS} from surge s where s.institution_id = $1 order by (s.ended_at is null) desc, s.opened_at desc, s.id desc limit $2`,
      [institutionId, limit],
    );
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<SurgeRecord | null> {
    const [row] = await tx.query<SurgeRecord>(`select ${COLUMNS} from surge s where s.institution_id = $1 and s.id = $2`, [institutionId, id]);
    return row ?? null;
  }

  /** How many came on each local day, oldest first, days without any left out. */
  async days(
    tx: Tx,
    institutionId: string,
    { dimension, code }: Pick<SurgeRecord, 'dimension' | 'code'>,
    from: Date,
    until: Date,
    timeZone: string,
  ): Promise<{ day: string; count: number }[]> {
    return tx.query(
      `select (t.received_at at time zone $6)::date::text as day, count(*)::int as count from (${SORTED} and c.institution_id = $1 and c.received_at > $4 and c.received_at <= $5) t
       where t.dimension = $2 and t.code = $3 group by 1 order by 1`,
      [institutionId, dimension, code, from, until, timeZone],
    );
  }

  /** The complaints of the window, the newest first. */
  async complaints(tx: Tx, institutionId: string, surge: SurgeRecord, until: Date, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `select t.id from (${SORTED} and c.institution_id = $1 and c.received_at > $4::timestamptz - make_interval(hours => $5) and c.received_at <= $6) t
       where t.dimension = $2 and t.code = $3 order by t.received_at desc limit $7`,
      [institutionId, surge.dimension, surge.code, surge.openedAt, surge.windowHours, until, limit],
    );
    return rows.map(({ id }) => id);
  }
}
