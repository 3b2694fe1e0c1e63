import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface Counts {
  readonly drill: boolean;
  readonly opened: number;
  readonly open: number;
  readonly closed: number;
  readonly downgraded: number;
  readonly overdue: number;
  readonly reportedInTime: number;
  readonly reportedLate: number;
  readonly medianMinutesToReport: number | null;
  readonly stepsInTime: number;
  readonly stepsLate: number;
}

// Those to whom it is told see it by the newest complaint of the matter. A drill has none, and nobody is told of it.
const TELL = `
  insert into notification (institution_id, complaint, kind, recipient, recipient_role, created_at, data)
  select t.institution_id, c.complaint, t.kind, t.recipient, t.role, $1::timestamptz, json_build_object('matterId', t.id, 'number', t.number, 'dueAt', t.due_at,
    'dueOn', (t.due_at at time zone k.time_zone)::date)
  from told t cross join lateral (select complaint from major_complaint where matter = t.id order by complaint desc limit 1) c join complaint k on k.id = c.complaint`;

const REPORTS = `
  with due as materialized (
    select id, institution_id, number, report_due_at, report_due_at < $1 as is_overdue from major_matter
    where state = 'open' and reported_at is null and not drill and ((remind_at <= $1 and reminded_at is null) or (report_due_at < $1 and overdue_told_at is null))
    order by id limit $2 for update skip locked),
  marked as (
    update major_matter m set reminded_at = coalesce(m.reminded_at, $1), overdue_told_at = case when d.is_overdue then $1 end from due d where m.id = d.id),
  told as (
    select d.id, d.institution_id, d.number, d.report_due_at as due_at, case when d.is_overdue then 'major-report-overdue' else 'major-report-due' end as kind, null as recipient, r.role
    from due d cross join lateral unnest(case when d.is_overdue then array['complaint-supervisor', 'head-office-approver', 'compliance'] else array['complaint-supervisor'] end) as r(role)),
  notified as (${TELL})
  select count(*)::int as n from due`;

const STEPS = `
  with due as materialized (
    select s.id, s.institution_id, s.matter, s.owner, s.owner_role, s.due_at, m.number, m.drill from major_step s join major_matter m on m.id = s.matter
    where s.state = 'open' and s.overdue_told_at is null and s.due_at < $1 and m.state = 'open' order by s.due_at, s.id limit $2 for update of s skip locked),
  marked as (update major_step s set overdue_told_at = $1 from due d where s.id = d.id),
  told as (
    select matter as id, institution_id, number, due_at, 'major-step-overdue' as kind, owner as recipient, case when owner is null then owner_role end as role from due where not drill),
  notified as (${TELL})
  select count(*)::int as n from due`;

@Injectable()
export class MajorSweepStore {
  /** Tells of reports that are nearly due or overdue, each once; how many of one batch. */
  async reports(tx: Tx, now: Date, limit: number): Promise<number> {
    const [row] = await tx.query<{ n: number }>(REPORTS, [now, limit]);
    return row?.n ?? 0;
  }

  /** Tells of steps that are overdue, each once. */
  async steps(tx: Tx, now: Date, limit: number): Promise<number> {
    const [row] = await tx.query<{ n: number }>(STEPS, [now, limit]);
    return row?.n ?? 0;
  }

  /** Of what was known since an instant; real ones and drills apart. */
  async figures(tx: Tx, institutionId: string, from: Date, now: Date): Promise<Counts[]> {
    return tx.query(
      `select m.drill, count(*)::int as opened, (count(*) filter (where m.state = 'open'))::int as open, (count(*) filter (where m.state = 'closed'))::int as closed,
         (count(*) filter (where m.state = 'downgraded'))::int as downgraded,
         (count(*) filter (where m.state <> 'downgraded' and m.reported_at is null and m.report_due_at < $3))::int as overdue,
         (count(*) filter (where m.reported_at <= m.report_due_at))::int as "reportedInTime", (count(*) filter (where m.reported_at > m.report_due_at))::int as "reportedLate",
         (percentile_disc(0.5) within group (order by extract(epoch from m.reported_at - m.known_at) / 60) filter (where m.reported_at is not null))::int as "medianMinutesToReport",
         coalesce(sum(s.in_time), 0)::int as "stepsInTime", coalesce(sum(s.late), 0)::int as "stepsLate"
       from major_matter m cross join lateral (
         select count(*) filter (where settled_at <= due_at) as in_time, count(*) filter (where coalesce(settled_at, $3) > due_at) as late from major_step where matter = m.id) s
       where m.institution_id = $1 and m.known_at >= $2 group by m.drill`,
      [institutionId, from, now],
    );
  }
}
