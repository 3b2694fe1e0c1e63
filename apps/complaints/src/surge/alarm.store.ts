import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Sign } from '../major/plan.ts';
import type { Basis, DayCount } from './surge-rule.ts';

export const SURGE_DIMENSIONS = ['cause', 'area', 'region', 'agency'] as const;
export const ALARM_DIMENSIONS = [...SURGE_DIMENSIONS, 'complaint'] as const;
export type AlarmDimension = (typeof ALARM_DIMENSIONS)[number];

export const ALARM_STATES = ['open', 'confirmed', 'dismissed'] as const;
export type AlarmState = (typeof ALARM_STATES)[number];

/** What came of one cause, area, region or agency, day by day. */
export interface KeyCounts {
  readonly institutionId: string;
  readonly dimension: AlarmDimension;
  readonly code: string;
  readonly counts: readonly DayCount[];
  /** The first day of those looked at on which the institution received anything. */
  readonly since: number;
}

export interface NewAlarm {
  readonly institution: string;
  readonly dimension: AlarmDimension;
  readonly code: string;
  /** 0: what one complaint says. */
  readonly days: number;
  readonly endsOn: number;
  readonly count: number;
  readonly expected: number | null;
  readonly chance: number | null;
  readonly basis: Basis | Sign;
  readonly version: number;
}

export interface AlarmRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly dimension: AlarmDimension;
  readonly code: string;
  readonly windowDays: number;
  readonly endsOn: string;
  readonly count: number;
  readonly peak: number;
  readonly expected: number | null;
  readonly chance: number | null;
  readonly basis: Partial<Basis & Sign>;
  readonly settingsVersion: number;
  readonly raisedAt: Date;
  readonly state: AlarmState;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly reasonSealed: Buffer | null;
  readonly matterId: string | null;
  readonly complaintNumber: string | null;
}

const COLUMNS = `a.id, a.institution_id as "institutionId", a.dimension, a.code, a.window_days as "windowDays", a.ends_on::text as "endsOn", a.count, a.peak, a.expected, a.chance, a.basis,
  a.settings_version as "settingsVersion", a.raised_at as "raisedAt", a.state, a.settled_by as "settledBy", a.settled_at as "settledAt", a.reason_sealed as "reasonSealed",
  a.matter as "matterId", (select number from complaint c where a.dimension = 'complaint' and c.id = a.code::uuid) as "complaintNumber"`;

const EPOCH = `date '1970-01-01'`;

// What a complaint is about: as a person confirmed it, else as it is suggested.
const suggested = (dimension: string): string =>
  `(select s ->> 'code' from jsonb_array_elements(coalesce(l.suggested -> 'suggestions', '[]')) s where s ->> 'dimension' = '${dimension}' limit 1)`;
const SORTED = `
  select c.id, c.institution_id, c.received_at, k.dimension, k.code
  from complaint c left join classification l on l.complaint = c.id left join complaint_region r on r.complaint = c.id
  cross join lateral (values ('cause', coalesce(l.cause_code, ${suggested('cause')})), ('area', coalesce(l.area, ${suggested('area')})), ('region', r.region),
    ('agency', c.against_agency_id)) as k(dimension, code)
  where k.code is not null`;

// One statement for all institutions, each by the days of its own zone; only of those that something came of lately.
const COUNTS = `
  with zones as (select * from json_to_recordset($2) as z(institution text, zone text)),
  seen as (
    select c.institution_id, coalesce(max(z.zone), $4) as zone, min((c.received_at at time zone coalesce(z.zone, $4))::date - ${EPOCH}) as since,
      max(($1::timestamptz at time zone coalesce(z.zone, $4))::date - ${EPOCH}) as today
    from complaint c left join zones z on z.institution = c.institution_id where c.received_at > $1::timestamptz - make_interval(days => $3) and c.received_at <= $1 group by 1),
  daily as (
    select s.institution_id, s.dimension, s.code, (s.received_at at time zone n.zone)::date - ${EPOCH} as day, count(*)::int as count
    from (${SORTED} and c.received_at > $1::timestamptz - make_interval(days => $3) and c.received_at <= $1) s join seen n on n.institution_id = s.institution_id group by 1, 2, 3, 4)
  select d.institution_id as "institutionId", d.dimension, d.code, json_agg(json_build_object('day', d.day, 'count', d.count)) as counts, n.since
  from daily d join seen n on n.institution_id = d.institution_id group by 1, 2, 3, n.since, n.today having max(d.day) > n.today - 9 order by 1, 2, 3`;

const INCOMING = `json_to_recordset($1) as r(institution text, dimension text, code text, days integer, "endsOn" integer, count integer, expected float8, chance float8, basis json, version integer)`;
const SAME = `a.institution_id = r.institution and a.dimension = r.dimension and a.code = r.code and a.window_days = r.days`;

const RAISE = `
  with grown as (
    update major_alarm a set peak = greatest(a.peak, r.count) from ${INCOMING}
    where ${SAME} and a.state = 'open' and abs(a.ends_on - (${EPOCH} + r."endsOn")) < greatest(r.days, 1)),
  raised as (
    insert into major_alarm (institution_id, dimension, code, window_days, ends_on, count, peak, expected, chance, basis, settings_version, raised_at)
    select r.institution, r.dimension, r.code, r.days, ${EPOCH} + r."endsOn", r.count, r.count, r.expected, r.chance, r.basis, r.version, $2::timestamptz from ${INCOMING}
    where not exists (select from major_alarm a where ${SAME} and (r.days = 0 or abs(a.ends_on - (${EPOCH} + r."endsOn")) < r.days))
    on conflict do nothing returning id, institution_id, dimension, code, ends_on, count, expected),
  told as (
    insert into notification (institution_id, complaint, kind, recipient_role, created_at, data)
    select a.institution_id, l.id, 'major-alarm', o.role, $2::timestamptz,
      json_build_object('alarmId', a.id, 'dimension', a.dimension, 'code', a.code, 'count', a.count, 'expected', a.expected, 'dueOn', a.ends_on)
    from raised a cross join unnest(array['complaint-supervisor', 'compliance']) as o(role)
    cross join lateral (
      select s.id from (${SORTED} and c.institution_id = a.institution_id and c.received_at > $2::timestamptz - interval '9 days' and c.received_at <= $2) s
      where a.dimension <> 'complaint' and s.dimension = a.dimension and s.code = a.code
      union all select a.code::uuid where a.dimension = 'complaint' order by 1 desc limit 1) l)
  select id from raised`;

@Injectable()
export class AlarmStore {
  async counts(
    tx: Tx,
    now: Date,
    zones: readonly { institution: string; zone: string }[],
    days: number,
    zone: string,
  ): Promise<KeyCounts[]> {
    return tx.query(COUNTS, [now, JSON.stringify(zones), days, zone]);
  }

  /** Raises what was not raised for these days before, and tells of it; returns how many. */
  async raise(tx: Tx, alarms: readonly NewAlarm[], now: Date): Promise<number> {
    if (alarms.length === 0) return 0;
    return (await tx.query(RAISE, [JSON.stringify(alarms), now])).length;
  }

  /** Of complaints those that are recent, open and of no open matter: the others need no sign. */
  async fresh(tx: Tx, complaints: readonly string[], since: Date): Promise<Set<string>> {
    const rows = await tx.query<{ id: string }>(
      `select c.id from complaint c where c.id = any($1) and c.closed_at is null and c.received_at > $2
         and not exists (select from major_complaint m where m.complaint = c.id and m.active)`,
      [complaints, since],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async noteRegions(
    tx: Tx,
    regions: readonly { institution: string; complaint: string; region: string }[],
    by: string,
    at: Date,
    isCorrection: boolean,
  ): Promise<void> {
    if (regions.length === 0) return;
    const conflict = isCorrection
      ? 'update set region = excluded.region, noted_by = excluded.noted_by, noted_at = excluded.noted_at'
      : 'nothing';
    await tx.query(
      `insert into complaint_region (institution_id, complaint, region, noted_by, noted_at) select r.institution, r.complaint, r.region, $2, $3
       from json_to_recordset($1) as r(institution text, complaint uuid, region text) on conflict (complaint) do ${conflict}`,
      [JSON.stringify(regions), by, at],
    );
  }

  async region(tx: Tx, complaintId: string): Promise<{ readonly region: string; readonly notedBy: string } | null> {
    const [row] = await tx.query<{ region: string; notedBy: string }>(
      `select region, noted_by as "notedBy" from complaint_region where complaint = $1`,
      [complaintId],
    );
    return row ?? null;
  }

  /** Those that wait first, then the newest; one more than the limit, if there are so many. */
  async list(tx: Tx, institutionId: string, state: AlarmState | null, after: string | null, limit: number): Promise<AlarmRecord[]> {
    return tx.query(
      `select ${COLUMNS} from major_alarm a where a.institution_id = $1 and ($2::text is null or a.state = $2) and ($3::uuid is null or a.id < $3) order by a.id desc limit $4`,
      [institutionId, state, after, limit + 1],
    );
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<AlarmRecord | null> {
    const [row] = await tx.query<AlarmRecord>(`select ${COLUMNS} from major_alarm a where a.institution_id = $1 and a.id = $2`, [
      institutionId,
      id,
    ]);
    return row ?? null;
  }

  async ofComplaint(tx: Tx, complaintId: string): Promise<AlarmRecord[]> {
    return tx.query(`select ${COLUMNS} from major_alarm a where a.dimension = 'complaint' and a.code = $1 order by a.id desc`, [
      complaintId,
    ]);
  }

  async settle(
    tx: Tx,
    id: string,
    word: { state: 'confirmed' | 'dismissed'; by: string; at: Date; reasonSealed: Buffer; matter: string | null },
  ): Promise<void> {
    await tx.query('update major_alarm set state = $2, settled_by = $3, settled_at = $4, reason_sealed = $5, matter = $6 where id = $1', [
      id,
      word.state,
      word.by,
      word.at,
      word.reasonSealed,
      word.matter,
    ]);
  }

  /** How many came on each local day of those between two instants, days without any left out. */
  async days(
    tx: Tx,
    { institutionId, dimension, code }: AlarmRecord,
    { from, until, zone }: { readonly from: Date; readonly until: Date; readonly zone: string },
  ): Promise<DayCount[]> {
    return tx.query(
      `select (s.received_at at time zone $6)::date - ${EPOCH} as day, count(*)::int as count from (${SORTED} and c.institution_id = $1 and c.received_at >= $4 and c.received_at <= $5) s
       where s.dimension = $2 and s.code = $3 group by 1 order by 1`,
      [institutionId, dimension, code, from, until, zone],
    );
  }

  /** Those between two instants, the newest two thousand. */
  async complaints(tx: Tx, { institutionId, dimension, code }: AlarmRecord, from: Date, until: Date): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `select s.id from (${SORTED} and c.institution_id = $1 and c.received_at >= $4 and c.received_at <= $5) s where s.dimension = $2 and s.code = $3
       order by s.received_at desc limit 2000`,
      [institutionId, dimension, code, from, until],
    );
    return rows.map(({ id }) => id);
  }

  async figures(tx: Tx, institutionId: string): Promise<Record<AlarmState, number>> {
    const rows = await tx.query<{ state: AlarmState; n: number }>(
      'select state, count(*)::int as n from major_alarm where institution_id = $1 group by state',
      [institutionId],
    );
    const of = (state: AlarmState): number => rows.find((row) => row.state === state)?.n ?? 0;
    return { open: of('open'), confirmed: of('confirmed'), dismissed: of('dismissed') };
  }
}
