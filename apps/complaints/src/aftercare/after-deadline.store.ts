import { Injectable } from '@nestjs/common';
import { alongIndex, type Tx } from '#pg';
import type { DeadlineKind } from './after-kinds.ts';

export interface Deadline {
  readonly institutionId: string;
  readonly kind: DeadlineKind;
  readonly ref: string;
  readonly complaintId: string;
  readonly timeZone: string;
  readonly dueOn: string;
  readonly dueAt: Date;
  readonly setAt: Date;
  readonly person: string | null;
  readonly role: string;
  readonly escalateRole: string;
}

export interface FiredDeadlines {
  readonly matters: number;
  readonly steps: number;
}

// One statement a batch, as the sweep of the clocks does it: what is owed is locked, a step that is there already fires nothing, and all that one
// fires is committed with it. What belongs to a complaint that somebody changes is left for the next sweep.
const FIRE = `
  with moment as materialized (select coalesce($1::timestamptz, clock_timestamp()) as now),
  due as materialized (
    select d.* from after_deadline d join complaint c on c.id = d.complaint where d.wake_at <= (select now from moment) order by d.wake_at limit $2
    for update of d skip locked for key share of c skip locked),
  owed as materialized (
    select d.institution_id, d.kind, d.ref, d.complaint, d.due_on, d.person, d.role, d.escalate_role, o.step, o.at, m.now
    from due d cross join moment m cross join lateral after_owed(d.due_on, d.due_at, d.time_zone, d.set_at) o where d.done_at is null),
  fired as (
    insert into after_milestone (institution_id, kind, ref, step, due_on, fired_at)
    select institution_id, kind, ref, step, due_on, now from owed where at <= now on conflict do nothing returning kind, ref, step),
  told as materialized (
    select o.* from owed o join fired f using (kind, ref, step) order by o.at, o.ref),
  entries as (
    insert into timeline (institution_id, complaint, at, kind, actor, data)
    select institution_id, complaint, now, 'after-milestone', 'system', json_build_object('matter', kind, 'ref', ref, 'step', step, 'dueOn', due_on) from told),
  notifications as (
    insert into notification (institution_id, complaint, kind, recipient, recipient_role, created_at, data)
    select institution_id, complaint, kind || '-' || step, case when step = 'due-in-3' then person end,
      case when step = 'overdue-head-office' then 'head-office-approver' when step = 'overdue' then escalate_role when person is null then role end,
      now, json_build_object('dueOn', due_on, 'ref', ref)
    from told),
  next as (
    select d.kind, d.ref, min(o.at) filter (where o.at > m.now) as wake_at
    from due d cross join moment m left join owed o using (kind, ref) group by d.kind, d.ref),
  woken as (
    update after_deadline d set wake_at = n.wake_at from next n where d.ref = n.ref and d.kind = n.kind)
  select (select count(*)::int from due) as matters, (select count(*)::int from fired) as steps`;

@Injectable()
export class AfterDeadlineStore {
  /** Sets a due date, or another one. */
  async set(tx: Tx, deadline: Deadline): Promise<void> {
    const { institutionId, kind, ref, complaintId, timeZone, dueOn, dueAt, setAt, person, role, escalateRole } = deadline;
    await tx.query(
      `insert into after_deadline (institution_id, kind, ref, complaint, time_zone, due_on, due_at, set_at, person, role, escalate_role, wake_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, after_next_wake($2, $3, null, $6, $7, $5, $8))
       on conflict (ref, kind) do update set due_on = excluded.due_on, due_at = excluded.due_at, person = excluded.person, role = excluded.role,
         set_at = case when after_deadline.due_at = excluded.due_at then after_deadline.set_at else excluded.set_at end, done_at = null,
         wake_at = after_next_wake($2, $3, null, $6, $7, $5, case when after_deadline.due_at = excluded.due_at then after_deadline.set_at else excluded.set_at end)`,
      [institutionId, kind, ref, complaintId, timeZone, dueOn, dueAt, setAt, person, role, escalateRole],
    );
  }

  async end(tx: Tx, kind: DeadlineKind, refs: readonly string[], at: Date): Promise<void> {
    await tx.query('update after_deadline set done_at = $3, wake_at = null where kind = $1 and ref = any($2) and done_at is null', [
      kind,
      refs,
      at,
    ]);
  }

  /** Fires what is owed. `now` null: PostgreSQL's clock. */
  async fire(tx: Tx, now: Date | null, limit: number): Promise<FiredDeadlines> {
    await alongIndex(tx);
    const [fired] = await tx.query<FiredDeadlines>(FIRE, [now, limit], 'after-fire');
    return fired ?? { matters: 0, steps: 0 };
  }
}
