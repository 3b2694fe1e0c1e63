import { FULL, HOURS_STEP } from './strategy.ts';

/**
 * What the order of the work looks at, of every open case or of some: $1 institution, $2 now, $3 the local day, $4 cases or null. A case whose
 * follow-up was agreed for later, or whose promise falls due later than tomorrow, waits: calling before would break what was agreed.
 */
export const FACTS = `
  select c.id, c.case_id as "caseId", coalesce(c.agency_id, '') as agency, c.product, c.balance, c.currency, d.region, $3::date - c.overdue_since as days,
    l.at as "lastContactAt", l.result as "lastResult", extract(epoch from $2::timestamptz - l.at) / 3600 as hours,
    case when p.state = 'broken' then 'broken' when p.state = 'open' and p.due_on <= $3::date + 1 then 'due' end as promise,
    p.due_on::text as "promiseDueOn", p.amount::text as "promiseAmount", coalesce(w.follow_up_at <= $2, false) as "followUpDue", w.follow_up_at as "followUpAt",
    w.follow_up_by as "followUpBy", w.best_from as "bestFrom", w.best_to as "bestTo", d.time_zone as "timeZone",
    case when w.owner_agency is not distinct from c.agency_id then w.owner end as owner,
    case when w.leased_until > $2 then w.leased_to end as "leasedTo", case when w.leased_until > $2 then w.leased_until end as "leasedUntil",
    coalesce(w.follow_up_at > $2 or p.state = 'open' and p.due_on > $3::date + 1, false) as waits
  from collection_case c join debtor d on d.id = c.debtor left join case_work w on w.collection_case = c.id
    left join lateral (select h.at, h.result from contact h
      where h.debtor_id = d.debtor_id and h.institution_id = $1 and h.initiator = 'us' and h.result is distinct from 'cancelled' order by h.at desc limit 1) l on true
    left join lateral (select state, due_on, amount from promise q where q.collection_case = c.id and q.state <> 'withdrawn' order by q.due_on desc, q.id desc limit 1) p on true
  where c.institution_id = $1 and ($4::uuid[] is null or c.id = any($4))`;

const OPEN = `state = 'open' and balance > 0 and overdue_since < $3::date`;

/** Cases that belong into the order of the work at all. */
export const ENROL = `
  insert into case_work (collection_case, institution_id)
  select id, $1 from collection_case c where institution_id = $1 and ($4::uuid[] is null or id = any($4)) and ${OPEN} and $2::timestamptz is not null
    and not exists (select from case_work w where w.collection_case = c.id) on conflict do nothing`;

// The shares of `shareOf`, said in SQL: a test compares the two.
const RANK = `round((
    s."followUp" * f."followUpDue"::integer + s."promiseBroken" * coalesce((f.promise = 'broken')::integer, 0) + s."promiseDue" * coalesce((f.promise = 'due')::integer, 0)
    + s.amount * least(log(1 + greatest(f.balance, 0)) / ${FULL.amountLog10}, 1) + s.overdue * least(greatest(f.days, 0)::numeric / ${FULL.days}, 1)
    + s."sinceContact" * coalesce(least(floor(f.hours / ${HOURS_STEP}) * ${HOURS_STEP}, ${FULL.hours}) / ${FULL.hours}, 1))::numeric, 6)`;

/** Brings the order up to date, with $5 the strategies; only what changed is written. */
export const REFRESH = `
  with f as materialized (${FACTS} and c.state = 'open' and c.balance > 0 and c.overdue_since < $3::date),
    s as materialized (select * from json_to_recordset($5) as s("strategyId" text, stages integer[], products text[], regions text[], "minAmount" numeric, "maxAmount" numeric,
      "olderThanHours" numeric, promise text, "followUpDue" boolean, amount numeric, overdue numeric, "sinceContact" numeric, "promiseDue" numeric, "promiseBroken" numeric,
      "followUp" numeric)),
    n as materialized (
      select s."strategyId", f.id, f.agency, ${RANK} as rank from f join s on
        (s.stages is null or least((f.days + 29) / 30, 7) = any(s.stages)) and (s.products is null or f.product = any(s.products))
        and (s.regions is null or exists (select from unnest(s.regions) r where f.region like r || '%'))
        and (s."minAmount" is null or f.balance >= s."minAmount") and (s."maxAmount" is null or f.balance <= s."maxAmount")
        and (s."olderThanHours" is null or f.hours is null or f.hours >= s."olderThanHours") and (s.promise is null or f.promise = s.promise)
        and (s."followUpDue" is not true or f."followUpDue")
      where not f.waits),
    put as (
      insert into worklist_entry (strategy_id, collection_case, institution_id, agency, rank) select "strategyId", id, $1, agency, rank from n
      on conflict (strategy_id, collection_case) do update set rank = excluded.rank, agency = excluded.agency
        where (worklist_entry.rank, worklist_entry.agency) is distinct from (excluded.rank, excluded.agency) returning 1),
    gone as (
      delete from worklist_entry e where e.institution_id = $1 and ($4::uuid[] is null or e.collection_case = any($4))
        and not exists (select from n where n."strategyId" = e.strategy_id and n.id = e.collection_case) returning 1)
  select (select count(*) from put)::integer as put, (select count(*) from gone)::integer as gone`;
