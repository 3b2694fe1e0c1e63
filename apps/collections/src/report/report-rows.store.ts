import { Injectable } from '@nestjs/common';
import { Zone, type FactsJson, type ProposedJson, type Relied } from '#contact-rules';
import type { Tx } from '#pg';
import { throughCursor, type ReportScope } from '#reports';
import type { PolicyRef } from '../policy/policy.service.ts';
import type { DecisionRow, FindingRow } from './rows.ts';

/** What a permit was decided on, where the party had given any consent. */
export interface Granted {
  readonly proposed: ProposedJson;
  readonly facts: FactsJson;
  readonly policy: PolicyRef;
}

/** Which consents a permit rests on. */
export type ReliedOn = (granted: Granted, at: number) => Promise<Relied>;

interface RawDecision {
  readonly id: string;
  readonly at: number;
  readonly timeZone: string;
  readonly caseId: string;
  readonly agencyId: string | null;
  readonly channel: string;
  readonly verdict: 'permitted' | 'refused';
  readonly rules: string | null;
  readonly warnings: string | null;
  readonly granted: Granted | null;
  readonly expiresAt: number | null;
  readonly result: string | null;
}

// The rules stand in the recorded outcome; facts are read only of permits whose party had consented to anything.
const DECISIONS = `
  select d.id, (extract(epoch from d.decided_at) * 1000)::float8 as at, d.time_zone as "timeZone", k.case_id as "caseId", d.agency_id as "agencyId",
    d.proposed->>'channel' as channel, d.verdict, r.rules, r.warnings,
    case when d.verdict = 'permitted' and d.facts::text ~ '"consents"\\s*:\\s*\\[\\s*\\{' then json_build_object('proposed', d.proposed, 'facts', d.facts, 'policy', d.policy) end as granted,
    (extract(epoch from d.permit_expires_at) * 1000)::float8 as "expiresAt", c.result
  from decision d join collection_case k on k.id = d.collection_case left join contact c on c.id = d.id
    cross join lateral (select string_agg(reason->>'ruleId', ';' order by place) filter (where reason->>'severity' = 'block') as rules,
        string_agg(reason->>'ruleId', ';' order by place) filter (where reason->>'severity' = 'warn') as warnings
      from json_array_elements(d.outcome->'reasons') with ordinality as r(reason, place)) r
  where d.institution_id = $1 and d.decided_at >= $2 and d.decided_at < $3 order by d.decided_at, d.id`;

const FINDINGS = `
  select l.id as "lookbackId", (extract(epoch from l.finished_at) * 1000)::float8 as at, f.finding->>'attemptId' as "attemptId", f.finding->>'ruleId' as "ruleId",
    f.finding->>'severity' as severity, f.finding->>'pack' as pack,
    case when f.finding->'agencyId' is null then coalesce(l.agency_id, '(unknown)') else f.finding->>'agencyId' end as "agencyId"
  from lookback l join lookback_finding f on f.lookback = l.id
  where l.institution_id = $1 and l.state = 'done' and l.finished_at >= $2 and l.finished_at < $3 order by l.finished_at, l.id, f.seq`;

const listOf = (joined: string | null): string[] => (joined === null ? [] : [...new Set(joined.split(';'))]);

async function toDecision(raw: RawDecision, zone: Zone, now: number, reliedOn: ReliedOn): Promise<DecisionRow> {
  const { id, at, timeZone, caseId, agencyId, channel, verdict, expiresAt, result } = raw;
  const decidedAt = zone.format(Math.floor(at));
  const lapsed = expiresAt !== null && expiresAt <= now;
  const relied = raw.granted && (await reliedOn(raw.granted, at));
  return {
    id,
    decidedAt,
    day: decidedAt.slice(0, 10),
    // By the zones of the rules, not PostgreSQL's: an hour that is quiet to the gate is quiet here.
    localHour: Math.floor(Zone.of(timeZone).timeOfDay(at) / 3_600_000),
    caseId,
    agencyId,
    channel,
    verdict,
    rules: listOf(raw.rules),
    warnings: listOf(raw.warnings),
    consents: relied?.kinds ?? [],
    lifted: relied?.rules ?? [],
    state: verdict === 'refused' ? 'refused' : result !== null ? 'closed' : lapsed ? 'lapsed' : 'pending',
    result,
  };
}

/** What a report reads, in one snapshot, in an order that does not change. */
@Injectable()
export class ReportRowsStore {
  async count(tx: Tx, { institutionId, from, until }: ReportScope): Promise<number> {
    const [row] = await tx.query<{ rows: number }>(
      `select (select count(*) from decision where institution_id = $1 and decided_at >= $2 and decided_at < $3)::float8
         + (select count(*) from lookback l join lookback_finding f on f.lookback = l.id
            where l.institution_id = $1 and l.state = 'done' and l.finished_at >= $2 and l.finished_at < $3)::float8
         + (select count(*) from reconciliation r join call_finding f on f.reconciliation = r.id
            where r.institution_id = $1 and r.state = 'done' and r.finished_at >= $2 and r.finished_at < $3)::float8 as rows`,
      [institutionId, from, until],
    );
    return row?.rows ?? 0;
  }

  async *decisions(tx: Tx, { institutionId, from, until, now, timeZone }: ReportScope, reliedOn: ReliedOn): AsyncGenerator<DecisionRow[]> {
    const zone = Zone.of(timeZone);
    for await (const batch of throughCursor<RawDecision>(tx, DECISIONS, [institutionId, from, until])) {
      const rows: DecisionRow[] = [];
      for (const raw of batch) rows.push(await toDecision(raw, zone, now.getTime(), reliedOn));
      yield rows;
    }
  }

  async *findings(tx: Tx, { institutionId, from, until, timeZone }: ReportScope): AsyncGenerator<FindingRow[]> {
    const zone = Zone.of(timeZone);
    for await (const batch of throughCursor<Omit<FindingRow, 'finishedOn'> & { at: number }>(tx, FINDINGS, [institutionId, from, until]))
      yield batch.map(({ at, ...row }) => ({ ...row, finishedOn: zone.format(Math.floor(at)).slice(0, 10) }));
  }

  /** Those that decided or audited anything in the time. */
  async institutions(tx: Tx, from: Date, until: Date): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `select institution_id as id from decision where decided_at >= $1 and decided_at < $2
       union select institution_id from lookback where state = 'done' and finished_at >= $1 and finished_at < $2
       union select institution_id from reconciliation where state = 'done' and finished_at >= $1 and finished_at < $2 order by id`,
      [from, until],
    );
    return rows.map(({ id }) => id);
  }
}
