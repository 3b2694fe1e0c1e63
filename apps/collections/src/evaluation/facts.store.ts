import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

/** A span of local days, both included, and the instants that it begins and ends at; nothing later than `asOf` is in it. */
export interface Span {
  readonly index: number;
  readonly from: string;
  readonly to: string;
  readonly begins: Date;
  readonly ends: Date;
}

export interface FactsQuestion {
  readonly institutionId: string;
  /** Null: of all agencies. */
  readonly agencyId: string | null;
  readonly spans: readonly Span[];
  /** What was known then. */
  readonly asOf: Date;
  /** The local day of `asOf`. */
  readonly asOfDay: string;
}

interface Of {
  readonly index: number;
  readonly agencyId: string;
}
export interface DecisionCount extends Of {
  readonly asked: number;
  readonly refused: number;
}
export interface RuleCount extends Of {
  readonly ruleId: string;
  readonly refusals: number;
}
export interface FoundCount extends Of {
  readonly seen: number;
  readonly findings: number;
}
export interface CaseCount extends Of {
  readonly cases: number;
}
export interface ComplaintCount extends Of {
  readonly received: number;
  readonly upheld: number;
  readonly attributed: number;
  readonly withdrawn: number;
  readonly standing: number;
}
export interface DutyCount extends Of {
  readonly late: number;
  readonly openCritical: number;
  readonly subContracting: number;
}
export interface StaffCount extends Of {
  readonly staff: number;
  readonly gaps: number;
}
export interface PromiseCount extends Of {
  readonly settled: number;
  readonly kept: number;
}
export interface Recovery extends Of {
  readonly currency: string;
  readonly cases: number;
  readonly paid: string;
  readonly owed: string;
}

// $1 institution, $2 spans, $3 agency or null, $4 asOf, $5 its local day.
const SPANS = `span as (select * from json_to_recordset($2::json) as s(index integer, "from" date, "to" date, begins timestamptz, ends timestamptz))`;
const OF = (column: string): string => `($3::text is null or ${column} = $3)`;

const DECISIONS = `with ${SPANS}
  select s.index, d.agency_id as "agencyId", count(*)::integer as asked, (count(*) filter (where d.verdict = 'refused'))::integer as refused
  from span s join decision d on d.decided_at >= s.begins and d.decided_at < s.ends
  where d.institution_id = $1 and d.agency_id is not null and ${OF('d.agency_id')} group by 1, 2`;

// A rule of two packs refuses a contact once.
const RULES = `with ${SPANS}
  select s.index, d.agency_id as "agencyId", r.rule as "ruleId", count(*)::integer as refusals
  from span s join decision d on d.decided_at >= s.begins and d.decided_at < s.ends,
    lateral (select distinct reason->>'ruleId' as rule from json_array_elements(d.outcome->'reasons') as reason where reason->>'severity' = 'block') r
  where d.institution_id = $1 and d.verdict = 'refused' and d.agency_id is not null and ${OF('d.agency_id')} group by 1, 2, 3`;

// Of one log that was looked back upon twice the last counts. What a log says belongs to the day on which the log ends.
const found = (table: 'lookback' | 'reconciliation', seen: 'attempts' | 'calls'): string => `with ${SPANS},
  run as (select distinct on (file_name, upload_bytes, summary->'period'->>'from', summary->'period'->>'to') summary, (summary->'period'->>'to')::timestamptz as ended
    from ${table} where institution_id = $1 and state = 'done' and finished_at <= $4 and json_typeof(summary->'period') = 'object'
    order by file_name, upload_bytes, summary->'period'->>'from', summary->'period'->>'to', finished_at desc, id desc)
  select s.index, line->>'agencyId' as "agencyId", sum((line->>'${seen}')::bigint)::float8 as seen, sum((line->>'findings')::bigint)::float8 as findings
  from span s join run r on r.ended >= s.begins and r.ended < s.ends, json_array_elements(r.summary->'byAgency') as line
  where line->>'agencyId' is not null and ${OF(`line->>'agencyId'`)} group by 1, 2`;

// Cases that it had at any time in the span.
const CASES = `with ${SPANS}
  select s.index, e.agency_id as "agencyId", count(distinct e.collection_case)::integer as cases from span s join entrustment e
    on e.from_at < s.ends and (e.until_at is null or e.until_at >= s.begins) where e.institution_id = $1 and ${OF('e.agency_id')} group by 1, 2`;

// What the complaints desk says, as it was known then. A complaint is of the agencies whose doing it was found to be; where nothing was found, of the one
// that it names, else of the one that had the case when it was received. It stands against them unless it was withdrawn or declined, decided to be
// unfounded, or found to be caused by nothing of collection.
const COMPLAINTS = `with ${SPANS},
  found as (select complaint_id, array_agg(distinct agency_id) filter (where agency_id is not null) as agencies, bool_or(kind = 'none') as nobody
    from complaint_cause where institution_id = $1 and confirmed_at <= $4 group by 1),
  heard as (select s.index, f.complaint_id, a.agency_id, a.found as attributed, coalesce(f.withdrawn_at <= $4, false) as withdrawn,
      case when f.decided_at <= $4 then f.outcome end as outcome, coalesce(f.declined_at <= $4, false) or coalesce(c.nobody, false) as none
    from span s join complaint_file f on f.received_at >= s.begins and f.received_at < s.ends left join found c on c.complaint_id = f.complaint_id
      left join lateral (select e.agency_id from collection_case k join entrustment e on e.collection_case = k.id
        where k.institution_id = $1 and (k.case_id = f.account or k.debt_id = f.account) and e.from_at <= f.received_at and (e.until_at is null or e.until_at > f.received_at)
        order by (k.case_id = f.account) desc, e.from_at desc limit 1) o on f.agency_id is null,
      lateral (select unnest(c.agencies) as agency_id, true as found union all select coalesce(f.agency_id, o.agency_id), false where c.agencies is null) a
    where f.institution_id = $1 and a.agency_id is not null and ${OF('a.agency_id')})
  select index, agency_id as "agencyId", count(*)::integer as received, (count(*) filter (where outcome in ('upheld', 'partly-upheld')))::integer as upheld,
    (count(*) filter (where attributed))::integer as attributed, (count(*) filter (where withdrawn))::integer as withdrawn,
    (count(*) filter (where not withdrawn and not none and outcome is distinct from 'not-upheld'))::integer as standing
  from heard group by 1, 2`;

// In time is what came by the last day and was not sent back. What was late before the span and still is in it counts again.
const DUTIES = `with ${SPANS},
  known as (select f.agency_id, f.due_on, f.severity, f.accepted_at is not null and f.accepted_at <= $4 as accepted,
      (select min(r.reported_at) from rectification r where r.finding = f.id and r.reported_at <= $4 and (r.verdict is distinct from 'rejected' or r.verdict_at > $4)) as reported_at
    from inspection_finding f join inspection i on i.id = f.inspection
    where f.institution_id = $1 and i.done_at <= $4 and f.state <> 'draft' and ${OF('f.agency_id')}),
  found as (select agency_id, judged_at from agency_finding where institution_id = $1 and state = 'confirmed' and judged_at <= $4 and ${OF('agency_id')})
  select s.index, a.agency_id as "agencyId",
    (select count(*) from known k where k.agency_id = a.agency_id and k.due_on <= least(s.to, $5::date - 1)
      and (k.reported_at is null or k.reported_at >= greatest(s.begins, (k.due_on + 1)::timestamp at time zone 'Asia/Shanghai')))::integer as late,
    (select count(*) from known k where k.agency_id = a.agency_id and k.severity = 'critical' and not k.accepted and k.due_on <= least(s.to, $5::date - 1))::integer as "openCritical",
    (select count(*) from found f where f.agency_id = a.agency_id and f.judged_at >= s.begins and f.judged_at < s.ends)::integer as "subContracting"
  from span s, agency a where a.institution_id = $1 and ${OF('a.agency_id')}`;

// At the end of the span, of those who are registered; a training that was passed serves for a year.
const STAFF = `with ${SPANS}
  select s.index, f.agency_id as "agencyId", count(*)::integer as staff, (count(*) filter (where f.certificate_until is null or f.certificate_until < least(s.to, $5::date)
    or not exists (select from agency_training_attendant t join agency_training g on g.id = t.training where t.institution_id = $1 and t.collector_id = f.collector_id
      and g.agency_id = f.agency_id and t.result = 'passed' and g.noted_at <= $4 and g.held_on <= s.to and g.held_on > least(s.to, $5::date) - 366)))::integer as gaps
  from span s join agency_staff f on (f.joined_on is null or f.joined_on <= s.to) and (f.active or f.left_on > s.to)
  where f.institution_id = $1 and ${OF('f.agency_id')} group by 1, 2`;

const PROMISES = `with ${SPANS}
  select s.index, p.agency_id as "agencyId", count(*)::integer as settled, (count(*) filter (where p.state = 'kept'))::integer as kept
  from span s join promise p on p.settled_at >= s.begins and p.settled_at < s.ends
  where p.institution_id = $1 and p.state in ('kept', 'broken') and p.agency_id is not null and ${OF('p.agency_id')} group by 1, 2`;

// What was owed on the cases that it had: when they left it, or at the end of what is known.
const RECOVERIES = `with ${SPANS},
  had as (select s.index, e.agency_id, e.currency, count(distinct e.collection_case)::integer as cases, sum(coalesce(e.balance_at_end, c.balance)) as owed
    from span s join entrustment e on e.from_at < s.ends and (e.until_at is null or e.until_at >= s.begins) join collection_case c on c.id = e.collection_case
    where e.institution_id = $1 and ${OF('e.agency_id')} group by 1, 2, 3),
  money as (select s.index, p.agency_id, p.currency, sum(p.amount) as paid from span s join payment p on p.paid_at >= s.begins and p.paid_at < s.ends
    where p.institution_id = $1 and p.booked_at <= $4 and p.agency_id is not null and ${OF('p.agency_id')} group by 1, 2, 3)
  select index, agency_id as "agencyId", currency, coalesce(had.cases, 0) as cases, round(coalesce(money.paid, 0), 2)::text as paid, round(coalesce(had.owed, 0), 2)::text as owed
  from had full join money using (index, agency_id, currency)`;

/** The numbers of agencies in spans of days: one statement a kind of fact, however many agencies and spans. */
@Injectable()
export class FactsStore {
  decisions = (tx: Tx, question: FactsQuestion): Promise<DecisionCount[]> => ask(tx, DECISIONS, question, 3);
  refusals = (tx: Tx, question: FactsQuestion): Promise<RuleCount[]> => ask(tx, RULES, question, 3);
  lookbacks = (tx: Tx, question: FactsQuestion): Promise<FoundCount[]> => ask(tx, found('lookback', 'attempts'), question, 4);
  calls = (tx: Tx, question: FactsQuestion): Promise<FoundCount[]> => ask(tx, found('reconciliation', 'calls'), question, 4);
  cases = (tx: Tx, question: FactsQuestion): Promise<CaseCount[]> => ask(tx, CASES, question, 3);
  complaints = (tx: Tx, question: FactsQuestion): Promise<ComplaintCount[]> => ask(tx, COMPLAINTS, question, 4);
  duties = (tx: Tx, question: FactsQuestion): Promise<DutyCount[]> => ask(tx, DUTIES, question, 5);
  staff = (tx: Tx, question: FactsQuestion): Promise<StaffCount[]> => ask(tx, STAFF, question, 5);
  promises = (tx: Tx, question: FactsQuestion): Promise<PromiseCount[]> => ask(tx, PROMISES, question, 3);
  recoveries = (tx: Tx, question: FactsQuestion): Promise<Recovery[]> => ask(tx, RECOVERIES, question, 4);
}

function ask<Row>(
  tx: Tx,
  sql: string,
  { institutionId, agencyId, spans, asOf, asOfDay }: FactsQuestion,
  parameters: number,
): Promise<Row[]> {
  return tx.query<Row>(sql, [institutionId, JSON.stringify(spans), agencyId, asOf, asOfDay].slice(0, parameters));
}
