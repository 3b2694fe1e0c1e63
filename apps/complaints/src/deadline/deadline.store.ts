import { Injectable } from '@nestjs/common';
import { appendFrom, plainSource } from '#evidence-log';
import { alongIndex, type Tx } from '#pg';
import { MILESTONES_FIRED } from './milestone.ts';

/** What a batch of the sweep came to. */
export interface Fired {
  /** Complaints that were due to be looked at. */
  readonly complaints: number;
  readonly milestones: number;
}

/** What stands out, for whoever watches. */
export interface Backlog {
  readonly lagSeconds: number;
  readonly corrected: number;
}

// One statement a batch. The rows are locked first and skipped by other sweeps, so everything below is about complaints that nobody else has; a
// milestone that is there already fires nothing, and all that one fires is committed with it or not at all. What is owed later than now
// is what the complaint wakes for next: it is what next_wake would say. Each institution gets one message for all that a batch fired: one for
// each milestone keeps the queue busier than the sweep.
const FIRE = `
  with moment as materialized (select coalesce($1::timestamptz, clock_timestamp()) as now),
  due as materialized (
    select c.id, c.institution_id, c.handler, c.state, c.due_on, c.due_at, c.time_zone, c.due_set_at
    from complaint c where c.wake_at <= (select now from moment) order by c.wake_at limit $2 for update skip locked),
  owed as materialized (
    select d.id, d.institution_id, d.handler, d.due_on, o.kind, o.at, m.now
    from due d cross join moment m cross join lateral owed_milestones(d.due_on, d.due_at, d.time_zone, d.due_set_at) o where d.state <> 'paused'),
  fired as (
    insert into milestone (institution_id, complaint, kind, due_on, fired_at)
    select institution_id, id, kind, due_on, now from owed where at <= now on conflict do nothing
    returning complaint, kind, due_on),
  told as materialized (
    select o.* from owed o join fired f on f.complaint = o.id and f.kind = o.kind order by o.at, o.id),
  entries as (
    insert into timeline (institution_id, complaint, at, kind, actor, data)
    select institution_id, id, now, 'milestone', 'system', json_build_object('kind', kind, 'dueOn', due_on) from told),
  notifications as (
    insert into notification (institution_id, complaint, kind, recipient, recipient_role, created_at, data)
    select institution_id, id, kind, case when kind like 'due-%' then handler end,
      case when kind = 'overdue-supervisor' then 'complaint-supervisor' when kind = 'overdue-head-office' then 'head-office-approver'
           when handler is null then 'complaint-handler' end,
      now, json_build_object('dueOn', due_on)
    from told),
  ${plainSource(
    'given',
    `select row_number() over (order by at, id, kind) as n, institution_id, 'deadline-milestone' as kind, 'system' as actor,
       json_build_object('complaintId', id, 'milestone', kind, 'dueOn', due_on, 'owedAt', at, 'firedAt', now) as body from told`,
  )}, ${appendFrom('given', 'institution_id')},
  messages as (
    insert into outbox (institution_id, topic, payload)
    select institution_id, '${MILESTONES_FIRED}', json_build_object('milestones',
      json_agg(json_build_object('complaintId', id, 'kind', kind, 'dueOn', due_on) order by at, id)) from told group by institution_id),
  next as (
    select d.id, min(o.at) filter (where o.at > m.now) as wake_at, bool_or(d.state = 'running' and d.due_at <= m.now) as is_missed
    from due d cross join moment m left join owed o on o.id = d.id group by d.id),
  woken as (
    update complaint c set wake_at = n.wake_at, state = case when n.is_missed then 'missed' else c.state end from next n where c.id = n.id)
  select (select count(*)::int from due) as complaints, (select count(*)::int from fired) as milestones`;

@Injectable()
export class DeadlineStore {
  /** Fires all that the complaints of one batch owe. `now` null: PostgreSQL's clock. */
  async fire(tx: Tx, now: Date | null, limit: number): Promise<Fired> {
    const [, [fired]] = await Promise.all([alongIndex(tx), tx.query<Fired>(FIRE, [now, limit], 'deadline-fire')]);
    return fired ?? { complaints: 0, milestones: 0 };
  }

  async backlog(tx: Tx): Promise<Backlog> {
    const [backlog] = await tx.query<Backlog>(
      `select coalesce(greatest(0, extract(epoch from clock_timestamp() - (select min(wake_at) from complaint where wake_at is not null))), 0)::float8 as "lagSeconds",
         (select coalesce(sum(corrected), 0)::float8 from due_check) as corrected`,
    );
    return backlog ?? { lagSeconds: 0, corrected: 0 };
  }
}
