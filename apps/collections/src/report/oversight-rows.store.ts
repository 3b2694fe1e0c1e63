import { Injectable } from '@nestjs/common';
import { Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { instantsOf, periodBefore, throughCursor, type ReportScope } from '#reports';
import type { BeforeRow, CallRow, RepeatRow } from './rows.ts';

type Raw<Row, Instants extends string> = Omit<Row, Instants> & Readonly<Record<Instants, number>>;

const MS = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

const CALLS = `
  select r.id as "reconciliationId", ${MS('r.finished_at')} as "finishedOn", (f.finding->>'row')::float8 as line, f.finding->>'finding' as finding, f.finding->>'why' as why,
    f.finding->>'agencyId' as "agencyId", f.finding->>'attemptId' as "attemptId", ${MS("(f.finding->>'startedAt')::timestamptz")} as "startedAt"
  from reconciliation r join call_finding f on f.reconciliation = r.id
  where r.institution_id = $1 and r.state = 'done' and r.finished_at >= $2 and r.finished_at < $3 order by r.finished_at, r.id, f.seq`;

// A finding at its instant, for the agency and for each of its collectors. Look-backs that are older than the columns do not say whose it was.
const FOUND = `
  select l.finished_at, 'look-back' as source, f.finding->>'ruleId' as rule, to_timestamp((f.finding->>'startedAt')::float8 / 1000) as at, f.finding->>'attemptId' as reference,
    f.finding->>'agencyId' as agency, o.who, o.collector
  from lookback l join lookback_finding f on f.lookback = l.id cross join lateral (
    select 'agency' as who, null as collector where f.finding->>'agencyId' is not null
    union all select 'collector', collector from json_array_elements_text(case json_typeof(f.finding->'collectorIds') when 'array' then f.finding->'collectorIds' else '[]' end) as c(collector)) o
  where l.institution_id = $1 and l.state = 'done' and l.finished_at >= $2::timestamptz - interval '1 year' and l.finished_at < $3
    and f.finding->>'severity' = 'block' and f.finding->>'ruleId' <> 'missing-fact'
  union all
  select r.finished_at, 'call-records', f.finding->>'finding', (f.finding->>'startedAt')::timestamptz, r.id || ' ' || (f.finding->>'row'), f.finding->>'agencyId', o.who, o.collector
  from reconciliation r join call_finding f on f.reconciliation = r.id cross join lateral (
    select 'agency' as who, null as collector where f.finding->>'agencyId' is not null
    union all select 'collector', f.finding->>'collectorId' where f.finding->>'collectorId' is not null) o
  where r.institution_id = $1 and r.state = 'done' and r.finished_at >= $2::timestamptz - interval '1 year' and r.finished_at < $3`;

// One row for who broke a rule and for each time; `at` is when the contact was, and must be after an audit that had found the same.
const REPEATED = `
  with found as materialized (${FOUND}), earlier as materialized (select distinct who, agency, collector, rule, finished_at, source from found), refusals as (
    select 'refusal' as source, reason->>'ruleId' as rule, d.decided_at as at, d.id::text as reference, d.agency_id as agency, o.who, o.collector, min(place) as place
    from decision d cross join lateral json_array_elements(d.outcome->'reasons') with ordinality as r(reason, place) cross join lateral (
      select 'agency' as who, null as collector where d.agency_id is not null
      union all select distinct 'collector', collector from json_array_elements_text(case json_typeof(d.proposed->'collectorIds') when 'array' then d.proposed->'collectorIds' else '[]' end) as c(collector)) o
    where exists (select from earlier) and d.institution_id = $1 and d.decided_at >= $2 and d.decided_at < $3 and d.verdict = 'refused'
      and reason->>'severity' = 'block' and reason->>'ruleId' in (select rule from earlier)
    group by 2, 3, 4, 5, 6, 7
  ), events as (
    select source, rule, at, reference, agency, who, collector from refusals
    union all select source, rule, at, reference, agency, who, collector from found where finished_at >= $2
  )
  select e.who, e.agency as "agencyId", e.collector as "collectorId", e.rule as "ruleId", e.source, ${MS('e.at')} as "on", e.reference, b.source as "earlierSource",
    ${MS('b.finished_at')} as "earlierOn"
  from events e cross join lateral (
    select b.source, b.finished_at from earlier b
    where b.who = e.who and b.agency is not distinct from e.agency and b.collector is not distinct from e.collector and b.rule = e.rule
      and b.finished_at < e.at and b.finished_at >= e.at - interval '1 year' order by b.finished_at desc, b.source limit 1) b
  order by e.at, e.reference, e.who, e.agency, e.collector, e.rule`;

const BEFORE = `
  select day::text as day, measure, count(*)::float8 as count from (
    select (decided_at at time zone $4)::date as day, unnest(array['asked', verdict]) as measure from decision
      where institution_id = $1 and decided_at >= $2 and decided_at < $3
    union all select (l.finished_at at time zone $4)::date, 'look-back' from lookback l join lookback_finding f on f.lookback = l.id
      where l.institution_id = $1 and l.state = 'done' and l.finished_at >= $2 and l.finished_at < $3
    union all select (r.finished_at at time zone $4)::date, 'call-records' from reconciliation r join call_finding f on f.reconciliation = r.id
      where r.institution_id = $1 and r.state = 'done' and r.finished_at >= $2 and r.finished_at < $3
  ) as one group by day, measure order by day, measure`;

/** What a compliance report reads beside the decisions of its period: call records, who was at it again, and what there was before. */
@Injectable()
export class OversightRowsStore {
  async *calls(tx: Tx, { institutionId, from, until, timeZone }: ReportScope): AsyncGenerator<CallRow[]> {
    const zone = Zone.of(timeZone);
    for await (const batch of throughCursor<Raw<CallRow, 'finishedOn' | 'startedAt'>>(tx, CALLS, [institutionId, from, until]))
      yield batch.map((row) => ({ ...row, finishedOn: dayIn(zone, row.finishedOn), startedAt: zone.format(Math.floor(row.startedAt)) }));
  }

  async *repeats(tx: Tx, { institutionId, from, until, timeZone }: ReportScope): AsyncGenerator<RepeatRow[]> {
    const zone = Zone.of(timeZone);
    for await (const batch of throughCursor<Raw<RepeatRow, 'on' | 'earlierOn'>>(tx, REPEATED, [institutionId, from, until]))
      yield batch.map((row) => ({ ...row, on: dayIn(zone, row.on), earlierOn: dayIn(zone, row.earlierOn) }));
  }

  /** Of the period before, by day. */
  async *before(tx: Tx, { institutionId, period, timeZone }: ReportScope): AsyncGenerator<BeforeRow[]> {
    const { from, until } = instantsOf(periodBefore(period), timeZone);
    yield* throughCursor<BeforeRow>(tx, BEFORE, [institutionId, from, until, timeZone]);
  }
}

const dayIn = (zone: Zone, at: number): string => zone.format(Math.floor(at)).slice(0, 10);
