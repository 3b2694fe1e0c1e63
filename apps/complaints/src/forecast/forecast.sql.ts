/** Complaints that ended in so many days before are the past that is looked at. */
export const PAST_DAYS = 365;
/** With fewer like it the past says nothing: then that of the whole institution is asked, then a stated default. */
export const SMALLEST_SAMPLE = 30;
/** Longer than this is as long as this. */
const LONGEST_DAYS = 400;
/** A handler who decided fewer in 30 days has no pace that could be counted on. */
const SMALLEST_PACE = 5;

export const HIGH = 0.5;
export const MEDIUM = 0.2;

// $1: now. All institutions at once, each from its own past.
// The question for a complaint that has taken `age` days and has `left` days: of those in the past that took at least `age`, how many took more than age + left?
export const COMPUTE = `
with past as (
  select c.institution_id, coalesce(c.category, '') as category,
    least(${LONGEST_DAYS}, greatest(0, (c.told_at at time zone c.time_zone)::date - (c.received_at at time zone c.time_zone)::date)) as days
  from complaint c where c.told_at > $1::timestamptz - interval '${PAST_DAYS} days' and c.told_at <= $1::timestamptz and c.closed_at is not null),
counted as (
  select institution_id, grouping(category) as is_all, category, days, count(*)::int as n from past
  group by grouping sets ((institution_id, category, days), (institution_id, days))),
tails as (
  select g.institution_id, g.is_all, g.category, d.days, sum(coalesce(n.n, 0)) over (partition by g.institution_id, g.is_all, g.category order by d.days desc) as at_least
  from (select distinct institution_id, is_all, category from counted) g cross join generate_series(0, ${LONGEST_DAYS + 1}) as d(days)
    left join counted n on n.institution_id = g.institution_id and n.is_all = g.is_all and n.category is not distinct from g.category and n.days = d.days),
paces as (
  select institution_id, handler, count(*)::int as decided from complaint
  where decided_at > $1::timestamptz - interval '30 days' and decided_at <= $1::timestamptz and handler is not null group by 1, 2),
running as (
  select c.id, c.institution_id, coalesce(c.category, '') as category, c.handler,
    least(${LONGEST_DAYS}, ($1::timestamptz at time zone c.time_zone)::date - (c.received_at at time zone c.time_zone)::date) as age,
    c.due_on - ($1::timestamptz at time zone c.time_zone)::date as days_left,
    case when c.handler is not null then row_number() over (partition by c.institution_id, c.handler order by c.due_at, c.id) end as place
  from complaint c where c.closed_at is null and c.state <> 'paused' and c.due_at > $1::timestamptz and c.decided_at is null),
asked as (
  select r.*, p.decided, own.at_least as own_sample, own_longer.at_least as own_longer, every.at_least as all_sample, all_longer.at_least as all_longer
  from running r
    left join paces p on p.institution_id = r.institution_id and p.handler = r.handler
    left join tails own on own.institution_id = r.institution_id and own.is_all = 0 and own.category = r.category and own.days = r.age
    left join tails own_longer on own_longer.institution_id = r.institution_id and own_longer.is_all = 0 and own_longer.category = r.category
      and own_longer.days = least(${LONGEST_DAYS + 1}, r.age + r.days_left + 1)
    left join tails every on every.institution_id = r.institution_id and every.is_all = 1 and every.days = r.age
    left join tails all_longer on all_longer.institution_id = r.institution_id and all_longer.is_all = 1 and all_longer.days = least(${LONGEST_DAYS + 1}, r.age + r.days_left + 1)),
based as (
  select a.*, b.basis, case b.basis when 'category' then own_sample when 'institution' then all_sample else 0 end::int as sample,
    case b.basis when 'category' then own_longer when 'institution' then all_longer else 0 end::int as longer
  from asked a, lateral (select case when own_sample >= ${SMALLEST_SAMPLE} then 'category' when all_sample >= ${SMALLEST_SAMPLE} then 'institution' else 'default' end as basis) b),
weighed as (
  select b.*, greatest(
    case when basis <> 'default' then longer::float8 / sample when days_left <= 1 then 0.6 when days_left <= 3 then 0.35 when days_left <= 7 then 0.15 else 0.05 end,
    -- At his pace the handler is not there in time.
    case when decided >= ${SMALLEST_PACE} and place > decided / 30.0 * (days_left + 1) then 0.5 else 0 end,
    -- Nobody has begun, and there is little time.
    case when handler is null and days_left <= 1 then 0.7 when handler is null and days_left <= 3 then 0.5 else 0 end) as probability
  from based b),
gone as (
  delete from forecast f where not exists (select from running r where r.id = f.complaint))
insert into forecast as f (complaint, institution_id, probability, bucket, basis, sample, longer, age_days, days_left, place, decided_30, computed_at)
select id, institution_id, probability, case when probability >= ${HIGH} then 'high' when probability >= ${MEDIUM} then 'medium' else 'low' end, basis, sample, longer, age, days_left,
  place, decided, $1::timestamptz from weighed order by id
on conflict (complaint) do update set probability = excluded.probability, bucket = excluded.bucket, basis = excluded.basis, sample = excluded.sample, longer = excluded.longer,
  age_days = excluded.age_days, days_left = excluded.days_left, place = excluded.place, decided_30 = excluded.decided_30, computed_at = excluded.computed_at
where (f.probability, f.basis, f.sample, f.longer, f.age_days, f.days_left, f.place, f.decided_30)
  is distinct from (excluded.probability, excluded.basis, excluded.sample, excluded.longer, excluded.age_days, excluded.days_left, excluded.place, excluded.decided_30)`;

/** What is said in a bucket for the first time is kept. */
export const KEEP_CALLS = `
insert into forecast_call (complaint, bucket, institution_id, probability, said_at)
select f.complaint, f.bucket, f.institution_id, f.probability, $1::timestamptz from forecast f order by f.complaint, f.bucket on conflict do nothing`;

/** What happened: late as soon as the term is over; in time when it was met; a matter that was withdrawn or declined says nothing. */
export const SETTLE_CALLS = `
update forecast_call k set breached = case when c.closed_at is null or c.state = 'missed' then true when c.state = 'met' then false end, known_at = $1
from complaint c where c.id = k.complaint and k.known_at is null and (c.closed_at is not null or (c.state <> 'paused' and c.due_at <= $1::timestamptz))`;
