import { Injectable } from '@nestjs/common';
import { alongIndex, type Tx } from '#pg';

export interface Swept {
  readonly entries: number;
  readonly fired: number;
}

// One statement a batch, as the sweep of the complaints' own due dates. A paused clock stops its stage; what the term does meanwhile is seen at the
// latest twelve hours after. An entry of a complaint that is decided is over. What is written refers to the complaint: one that somebody changes is left for the
// next sweep, or the whole batch would wait for it with the others in its hands.
const FIRE = `
  with moment as materialized (select coalesce($1::timestamptz, clock_timestamp()) as now),
  due as materialized (
    select e.id, e.institution_id, e.complaint, e.stage, e.remind_before, c.handler, c.state, c.time_zone, c.closed_at is not null or c.decided_at is not null as is_over,
      stage_due(e.base_due_at, e.term_due_on, c.due_on, c.due_at) as due_at
    from stage_entry e join complaint c on c.id = e.complaint where e.wake_at <= (select now from moment) order by e.wake_at limit $2
    for update of e skip locked for key share of c skip locked),
  owed as materialized (
    select d.*, k.kind, k.at, m.now from due d cross join moment m
    cross join lateral (values ('reminder', d.due_at - d.remind_before), ('overdue', d.due_at)) as k(kind, at) where not d.is_over and d.state <> 'paused'),
  fired as (
    insert into stage_milestone (institution_id, entry, kind, due_at, fired_at)
    select institution_id, id, kind, due_at, now from owed where at <= now and (kind = 'overdue' or now < due_at) on conflict do nothing returning entry, kind),
  told as materialized (select o.* from owed o join fired f on f.entry = o.id and f.kind = o.kind order by o.at, o.id),
  entries as (
    insert into timeline (institution_id, complaint, at, kind, actor, data)
    select institution_id, complaint, now, 'stage-overdue', 'system', json_build_object('stage', stage, 'dueAt', due_at) from told where kind = 'overdue'),
  notifications as (
    insert into notification (institution_id, complaint, kind, recipient, recipient_role, created_at, data)
    select institution_id, complaint, 'stage-' || kind, case when kind = 'reminder' then handler end,
      case when kind = 'overdue' then 'complaint-supervisor' when handler is null then 'complaint-handler' end, now,
      json_build_object('dueOn', (due_at at time zone time_zone)::date, 'stage', stage)
    from told),
  next as (
    select d.id, case when d.is_over then null when d.state = 'paused' then m.now + interval '1 hour'
      else least(case when d.due_at - d.remind_before > m.now then d.due_at - d.remind_before when d.due_at > m.now then d.due_at end, m.now + interval '12 hours') end as wake_at,
      d.due_at <= m.now and d.state <> 'paused' as is_told
    from due d cross join moment m),
  woken as (update stage_entry e set wake_at = case when n.is_told then null else n.wake_at end from next n where e.id = n.id)
  select (select count(*)::int from due) as entries, (select count(*)::int from fired) as fired`;

@Injectable()
export class StageSweepStore {
  /** Reminds and escalates, each once, what the entries of one batch owe. `now` null: PostgreSQL's clock. */
  async fire(tx: Tx, now: Date | null, limit: number): Promise<Swept> {
    const [, [swept]] = await Promise.all([alongIndex(tx), tx.query<Swept>(FIRE, [now, limit], 'stage-fire')]);
    return swept ?? { entries: 0, fired: 0 };
  }
}
