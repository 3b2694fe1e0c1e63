/**
 * What the start page of the desk counts, a line each: a room that has something to be looked at adds its own. SQL that gives the rows to be counted,
 * with $1 the institution, $2 now, $3 the subject who looks, $4 his roles, $5 whose complaints (null: everybody's). Ten thousand are counted at most.
 */
export const COUNTERS = {
  overdue: `select from complaint c where c.institution_id = $1 and c.closed_at is null and c.state <> 'paused' and c.due_at <= $2 and ($5::text is null or c.handler = $5)`,
  today: `select from complaint c where c.institution_id = $1 and c.closed_at is null and c.state <> 'paused' and c.due_at > $2 and c.due_at <= $2 + interval '26 hours'
    and c.due_on <= ($2 at time zone c.time_zone)::date and ($5::text is null or c.handler = $5)`,
  'within-3': `select from complaint c where c.institution_id = $1 and c.closed_at is null and c.state <> 'paused' and c.due_at > $2 and c.due_at <= $2 + interval '98 hours'
    and c.due_on between ($2 at time zone c.time_zone)::date + 1 and ($2 at time zone c.time_zone)::date + 3 and ($5::text is null or c.handler = $5)`,
  'awaiting-approval': `select from approval_request a where a.institution_id = $1 and a.settled_at is null and a.role = any($4) and a.asked_by <> $3`,
  unassigned: `select from complaint c where c.institution_id = $1 and c.closed_at is null and c.handler is null`,
  mine: `select from complaint c where c.institution_id = $1 and c.closed_at is null and c.handler = $3`,
  'to-tell': `select from complaint c where c.institution_id = $1 and c.closed_at is null and c.decided_at is not null and c.told_at is null and ($5::text is null or c.handler = $5)`,
  'paused-long': `select from complaint c where c.institution_id = $1 and c.closed_at is null and c.state = 'paused' and ($5::text is null or c.handler = $5)
    and (select max(e.at) from clock_event e where e.complaint = c.id and e.type = 'paused') <= $2 - interval '30 days'`,
  'likely-late': `select from forecast f join complaint c on c.id = f.complaint where f.institution_id = $1 and f.probability >= 0.5 and c.closed_at is null
    and c.state <> 'paused' and c.due_at > $2 and ($5::text is null or c.handler = $5)`,
  'tasks-late': `select from work_task w join complaint c on c.id = w.complaint where w.institution_id = $1 and w.state = 'open' and w.due_at <= $2 and ($5::text is null or c.handler = $5)`,
  'tasks-answered': `select from work_task w join complaint c on c.id = w.complaint where w.institution_id = $1 and w.state = 'answered' and ($5::text is null or c.handler = $5)`,
  'undelivered-notices': `select from dispatch d left join complaint c on c.id = d.complaint where d.institution_id = $1 and d.state in ('failed', 'given-up')
    and d.asked_at > $2 - interval '30 days' and ($5::text is null or c.handler = $5)`,
} as const;

export type CounterName = keyof typeof COUNTERS;
export const COUNTER_NAMES = Object.keys(COUNTERS) as CounterName[];
export const MOST_COUNTED = 10_000;
