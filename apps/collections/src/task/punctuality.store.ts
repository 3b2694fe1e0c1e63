import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { PunctualityBy } from './punctuality.dto.ts';
import type { Reach } from './superiors.ts';

export interface PunctualityRecord {
  readonly isTotal: boolean;
  readonly key: string | null;
  readonly inTime: number;
  readonly late: number;
  readonly openOverdue: number;
  readonly extended: number;
  readonly medianHours: number | null;
  readonly p90Hours: number | null;
}

export interface PunctualityFilter {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly now: Date;
  readonly agencyId: string | null;
}

const KEYS: Readonly<Record<PunctualityBy, string>> = {
  person: 'coalesce(t.done_by, t.person)',
  role: 't.role',
  kind: 't.kind',
  agency: 't.agency_id',
};

const hours = (percent: number): string =>
  `percentile_cont(${percent}) within group (order by m.hours) filter (where m.done_at is not null)`;

@Injectable()
export class PunctualityStore {
  /** A row for each key, and one for all. What the system itself ended was nobody's to be in time with. */
  async count(tx: Tx, reach: Reach, by: PunctualityBy, filter: PunctualityFilter): Promise<PunctualityRecord[]> {
    const { institutionId, subject, agencyId, team, agencyRoles, ofAgencies } = reach;
    return tx.query<PunctualityRecord>(
      `with span as (select $7::date::timestamp at time zone $9 as since, ($8::date + 1)::timestamp at time zone $9 as before),
       measured as (
         select ${KEYS[by]} as key, t.done_at, t.due_at, extract(epoch from t.done_at - t.opened_at) / 3600 as hours,
           exists (select from task_extension e where e.task = t.id) as extended
         from span, task t
         where t.institution_id = $1 and ($3::text is null or (t.agency_id = $3 and (t.role = any($5) or coalesce(t.done_by, t.person) = $2)))
           and (coalesce(t.done_by, t.person) = $2 or (t.role = any($4) and ($6::boolean or $3 is not null or t.agency_id is null or t.role <> all($5::text[]))))
           and ($11::text is null or t.agency_id = $11)
           and ((t.done_at >= span.since and t.done_at < span.before and t.done_by not like 'system:%')
             or (t.done_at is null and t.due_at < $10 and t.due_at >= span.since and t.due_at < span.before)))
       select grouping(m.key) = 1 as "isTotal", m.key, count(*) filter (where m.done_at <= m.due_at)::int as "inTime", count(*) filter (where m.done_at > m.due_at)::int as late,
         count(*) filter (where m.done_at is null)::int as "openOverdue", count(*) filter (where m.extended)::int as extended,
         ${hours(0.5)} as "medianHours", ${hours(0.9)} as "p90Hours"
       from measured m group by grouping sets ((m.key), ())
       order by count(*) filter (where m.done_at is null or m.done_at > m.due_at) desc, count(*) desc, m.key`,
      [institutionId, subject, agencyId, team, agencyRoles, ofAgencies, filter.from, filter.to, filter.zone, filter.now, filter.agencyId],
    );
  }
}
