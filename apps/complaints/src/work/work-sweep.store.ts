import { Injectable } from '@nestjs/common';
import { alongIndex, type Tx } from '#pg';

export interface Swept {
  readonly tasks: number;
  readonly fired: number;
}

export interface Cooperation {
  readonly agencyId: string | null;
  readonly unit: string | null;
  readonly due: number;
  readonly inTime: number;
  readonly late: number;
  readonly openOverdue: number;
  readonly returned: number;
  readonly medianHours: number | null;
  readonly score: number | null;
}

// One statement a batch. Who is asked is reminded once a round (the people of a unit; for an agency whoever asked it), and once a round what is overdue goes to the
// supervisors and to whoever asked. A complaint that is closed waits for no answer; one that somebody changes is left for the next sweep.
const FIRE = `
  with moment as materialized (select coalesce($1::timestamptz, clock_timestamp()) as now),
  due as materialized (
    select t.id, t.institution_id, t.complaint, t.unit, t.agency_id, t.round, t.asked_by, t.due_at, c.time_zone, c.closed_at is not null as is_over
    from work_task t join complaint c on c.id = t.complaint where t.wake_at <= (select now from moment) order by t.wake_at limit $2
    for update of t skip locked for key share of c skip locked),
  owed as materialized (
    select d.*, m.now, case when d.due_at <= m.now then 'overdue' else 'reminder' end as kind from due d cross join moment m where not d.is_over),
  fired as (
    insert into work_milestone (institution_id, task, round, kind, due_at, fired_at)
    select institution_id, id, round, kind, due_at, now from owed on conflict do nothing returning task, kind),
  told as materialized (select o.* from owed o join fired f on f.task = o.id and f.kind = o.kind order by o.due_at, o.id),
  entries as (
    insert into timeline (institution_id, complaint, at, kind, actor, data)
    select o.institution_id, o.complaint, o.now, 'task-overdue', 'system', json_build_object('taskId', o.id, 'unit', u.code, 'agencyId', o.agency_id, 'dueAt', o.due_at)
    from told o left join desk_unit u on u.id = o.unit where o.kind = 'overdue'),
  recipients as (
    select o.*, r.subject, r.role from told o cross join lateral (
      select o.asked_by as subject, null::text as role where o.kind = 'overdue' or o.agency_id is not null
      union all select null, 'complaint-supervisor' where o.kind = 'overdue'
      union all select m.subject, null from desk_member m where o.kind = 'reminder' and m.unit = o.unit and m.active) r),
  notifications as (
    insert into notification (institution_id, complaint, kind, recipient, recipient_role, created_at, data)
    select institution_id, complaint, 'work-' || kind, subject, role, now, json_build_object('dueOn', (due_at at time zone time_zone)::date, 'taskId', id) from recipients),
  woken as (
    update work_task t set wake_at = case when d.is_over or d.due_at <= m.now then null else d.due_at end from due d cross join moment m where t.id = d.id)
  select (select count(*)::int from due) as tasks, (select count(*)::int from fired) as fired`;

@Injectable()
export class WorkSweepStore {
  /** `now` null: PostgreSQL's clock. */
  async fire(tx: Tx, now: Date | null, limit: number): Promise<Swept> {
    const [, [swept]] = await Promise.all([alongIndex(tx), tx.query<Swept>(FIRE, [now, limit], 'work-fire')]);
    return swept ?? { tasks: 0, fired: 0 };
  }

  /** Of the answers that were due in the period, by agency and unit. What was called off before it was answered counts for nobody. */
  async cooperation(
    tx: Tx,
    institutionId: string,
    period: { readonly from: string; readonly to: string; readonly zone: string; readonly now: Date },
  ): Promise<Cooperation[]> {
    return tx.query<Cooperation>(
      `with span as (select $2::date::timestamp at time zone $4 as since, ($3::date + 1)::timestamp at time zone $4 as before),
       round as (
         select t.agency_id, u.code as unit, q.due_at, q.at as asked_at, t.state,
           (select min(a.at) from work_entry a where a.task = q.task and a.round = q.round and a.kind = 'answered') as answered_at,
           exists (select from work_entry r where r.task = q.task and r.round = q.round + 1 and r.kind = 'returned') as returned
         from span, work_entry q join work_task t on t.id = q.task left join desk_unit u on u.id = t.unit
         where q.institution_id = $1 and q.kind in ('asked', 'returned') and q.due_at >= span.since and q.due_at < span.before),
       counted as (select * from round where answered_at is not null or (state <> 'cancelled' and due_at <= $5))
       select agency_id as "agencyId", unit, count(*)::int as due, count(*) filter (where answered_at <= due_at)::int as "inTime", count(*) filter (where answered_at > due_at)::int as late,
         count(*) filter (where answered_at is null)::int as "openOverdue", count(*) filter (where returned)::int as returned,
         percentile_cont(0.5) within group (order by extract(epoch from answered_at - asked_at) / 3600) filter (where answered_at is not null) as "medianHours",
         round((100.0 * sum(case when answered_at <= due_at then case when returned then 0.5 else 1 end else 0 end) / count(*))::numeric, 1)::float8 as score
       from counted group by agency_id, unit order by score, agency_id nulls last, unit`,
      [institutionId, period.from, period.to, period.zone, period.now],
    );
  }
}
