import { Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { COUNTERS, COUNTER_NAMES, MOST_COUNTED, type CounterName } from './counters.ts';
import type { AgeingCell, WorkloadBy } from './inbox.dto.ts';

export interface WorkloadRecord {
  readonly key: string | null;
  readonly unitName: string | null;
  readonly open: number;
  readonly dueSoon: number;
  readonly overdue: number;
  readonly paused: number;
  readonly decided30: number;
}

// One statement for all, so that the page asks once. Every parameter is named: not every counter looks at all of them.
const COUNT_ALL = `select ${COUNTER_NAMES.map(
  (name) => `(select count(*)::int from (${COUNTERS[name]} limit ${MOST_COUNTED}) counted) as "${name}"`,
).join(',\n')} where ($1::text, $2::timestamptz, $3::text, $4::text[]) is not null or $5::text is null`;

const MOST_ROWS = 500;

const LOAD = `
  counted as (
    select c.handler, count(*)::int as open, count(*) filter (where c.state = 'paused')::int as paused,
      count(*) filter (where c.state <> 'paused' and c.due_at <= $2)::int as overdue,
      count(*) filter (where c.state <> 'paused' and c.due_at > $2 and c.due_on <= ($2 at time zone c.time_zone)::date + 3)::int as soon, 0 as decided
    from complaint c where c.institution_id = $1 and c.closed_at is null group by c.handler
    union all
    select c.handler, 0, 0, 0, 0, count(*)::int from complaint c
    where c.institution_id = $1 and c.decided_at > $2::timestamptz - interval '30 days' and c.decided_at <= $2 group by c.handler),
  people as (
    select handler, sum(open)::int as open, sum(paused)::int as paused, sum(overdue)::int as overdue, sum(soon)::int as soon, sum(decided)::int as decided
    from counted group by handler)`;

const BY: Readonly<Record<WorkloadBy, string>> = {
  handler: `with ${LOAD} select p.handler as key, null::text as "unitName", p.open, p.soon as "dueSoon", p.overdue, p.paused, p.decided as "decided30"
    from people p order by p.open desc, p.handler limit $3`,
  unit: `with ${LOAD} select u.code as key, u.name_zh as "unitName", sum(p.open)::int as open, sum(p.soon)::int as "dueSoon", sum(p.overdue)::int as overdue,
      sum(p.paused)::int as paused, sum(p.decided)::int as "decided30"
    from people p left join desk_member m on m.institution_id = $1 and m.subject = p.handler left join desk_unit u on u.id = m.unit
    group by u.code, u.name_zh order by sum(p.open) desc, u.code limit $3`,
};

@Injectable()
export class InboxStore {
  async counts(
    tx: Tx,
    { institutionId, subject, roles }: Principal,
    whose: string | null,
    now: Date,
  ): Promise<Record<CounterName, number>> {
    const [row] = await tx.query<Record<CounterName, number>>(COUNT_ALL, [institutionId, now, subject, roles, whose]);
    if (!row) throw new Error('nothing was counted');
    return row;
  }

  async workload(tx: Tx, institutionId: string, by: WorkloadBy, now: Date): Promise<WorkloadRecord[]> {
    return tx.query(BY[by], [institutionId, now, MOST_ROWS]);
  }

  async ageing(tx: Tx, institutionId: string, handler: string | null, now: Date): Promise<AgeingCell[]> {
    return tx.query(
      `select age, "left", count(*)::int as count from (
         select case when d.age <= 3 then '0-3' when d.age <= 7 then '4-7' when d.age <= 15 then '8-15' when d.age <= 30 then '16-30' when d.age <= 60 then '31-60' else '61+' end as age,
           case when c.state = 'paused' then 'paused' when c.due_at <= $2 then 'overdue' when d.days <= 3 then '0-3' when d.days <= 7 then '4-7' when d.days <= 15 then '8-15' else '16+' end as "left"
         from complaint c, lateral (select ($2 at time zone c.time_zone)::date - (c.received_at at time zone c.time_zone)::date as age, c.due_on - ($2 at time zone c.time_zone)::date as days) d
         where c.institution_id = $1 and c.closed_at is null and ($3::text is null or c.handler = $3)) banded
       group by 1, 2`,
      [institutionId, now, handler],
    );
  }
}
