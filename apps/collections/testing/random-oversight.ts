import { CHANNELS, RESULTS } from '#contact-rules';
import { BANK, type Stage } from './stage.ts';

/** The same numbers for the same seed. */
export function randomOf(seed: number): {
  next(): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  some<T>(items: readonly T[], most: number): T[];
} {
  let state = seed;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return {
    next,
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    some: (items, most) => items.filter(() => next() < most / items.length),
  };
}

const RULES = ['quiet-hours', 'burst', 'attempts-per-point', 'missing-fact', 'opt-out'];
const WARNS = ['visit-team', 'party-lost'];
const AGENCIES = [null, 'a1', '=a2', 'a 3/×'] as const;
const COLLECTORS = ['c1', 'c2', '-c3'];
const ZONES = ['America/New_York', 'Asia/Shanghai', 'Asia/Urumqi', 'Europe/London'] as const;
const KINDS = ['no-permit', 'outside-permit', 'other-number', 'outcome-missing', 'outcome-differs'] as const;

export interface Decided {
  readonly at: number;
  readonly agency: string | null;
  readonly collectors: readonly string[];
  readonly channel: string;
  readonly zone: string;
  readonly refusedBy: readonly string[];
  readonly warns: readonly string[];
  readonly result: string | null;
  readonly expires: number;
}

export interface Found {
  readonly source: 'look-back' | 'call-records';
  readonly audit: number;
  readonly finishedAt: number;
  readonly at: number;
  readonly agency: string | null;
  readonly collectors: readonly string[];
  readonly rule: string;
  readonly severity: 'block' | 'warn';
}

export interface RandomOversight {
  readonly decisions: readonly Decided[];
  readonly found: readonly Found[];
}

/** Decisions at the given instants and between the first and the last of them, and what audits found about then. */
export function randomOversight(seed: number, instants: readonly number[], count: number): RandomOversight {
  const { next, pick, some } = randomOf(seed);
  const [first, last] = [Math.min(...instants), Math.max(...instants)];
  const anytime = (): number => Math.floor(first + next() * (last - first));
  const decisions = [...instants, ...Array.from({ length: count }, anytime)].map((at): Decided => {
    const refusedBy = next() < 0.4 ? [pick(['quiet-hours', 'burst'] as const), ...some(RULES, 1.5)] : [];
    return {
      at,
      agency: pick(AGENCIES),
      collectors: some(COLLECTORS, 1),
      channel: pick(CHANNELS as unknown as [string, ...string[]]),
      zone: pick(ZONES),
      refusedBy,
      warns: some(WARNS, 0.4),
      result: refusedBy.length === 0 && next() < 0.6 ? pick(RESULTS as unknown as [string, ...string[]]) : null,
      expires: at + 900_000,
    };
  });
  const found = Array.from({ length: 12 }, (_one, audit) => {
    const source = audit % 2 === 0 ? ('look-back' as const) : ('call-records' as const);
    // Some before the first of the instants, up to more than a year.
    const finishedAt = audit < 4 ? first - Math.floor(next() * 500 * 86_400_000) : anytime();
    return Array.from({ length: 15 }, (): Found => ({
      source,
      audit,
      finishedAt,
      at: finishedAt - Math.floor(next() * 20 * 86_400_000),
      agency: pick(AGENCIES),
      collectors: source === 'look-back' ? some(COLLECTORS, 1) : some(COLLECTORS, 1).slice(0, 1),
      rule: source === 'look-back' ? pick(RULES as [string, ...string[]]) : pick(KINDS),
      severity: source === 'look-back' && next() < 0.2 ? 'warn' : 'block',
    }));
  }).flat();
  return { decisions, found };
}

const iso = (at: number): string => new Date(at).toISOString();

/** As the gate and the audits would have left it; what the report reads are these columns. */
export async function storeOversight(stage: Stage, { decisions, found }: RandomOversight): Promise<void> {
  await stage.addCases([{ caseId: 'C1' }]);
  const rows = decisions.map(({ at, expires, collectors, channel, refusedBy, warns, ...row }) => {
    const reasons = [
      ...refusedBy.map((ruleId) => ({ ruleId, severity: 'block' })),
      ...warns.map((ruleId) => ({ ruleId, severity: 'warn' })),
    ];
    const verdict = refusedBy.length > 0 ? 'refused' : 'permitted';
    return {
      ...row,
      at: iso(at),
      expires: verdict === 'permitted' ? iso(expires) : null,
      verdict,
      outcome: { reasons },
      proposed: { channel, collectorIds: collectors },
    };
  });
  await stage.sql(
    `with given as materialized (select uuidv7() as id, g.* from json_to_recordset($2) as g(at timestamptz, expires timestamptz, agency text, verdict text, zone text, outcome json, proposed json, result text)),
       decided as (insert into decision (id, institution_id, collection_case, contact_point, agency_id, requested_by, decided_at, verdict, permit_expires_at, time_zone, proposed, facts, policy, outcome)
         select g.id, $1, c.id, c.id, g.agency, 'x', g.at, g.verdict, g.expires, g.zone, g.proposed, '{"consents":[]}', '{}', g.outcome from given g cross join collection_case c)
     insert into contact (id, institution_id, attempt_id, debtor_id, value_index, channel, initiator, collector_ids, at, result, time_zone)
     select id, $1, id::text, 'D1', '', proposed->>'channel', 'us', '{}', at, result, zone from given where verdict = 'permitted'`,
    [BANK, JSON.stringify(rows)],
  );
  await stage.sql(`insert into call_record_source (institution_id, name, reading, changed_by) values ($1, 'switch', '{}', 'x')`, [BANK]);
  for (const audit of new Set(found.map((one) => one.audit)))
    await storeAudit(
      stage,
      found.filter((one) => one.audit === audit),
    );
}

async function storeAudit(stage: Stage, found: readonly Found[]): Promise<void> {
  const [one] = found;
  if (!one) return;
  const findings = found.map(({ at, agency, collectors, rule, severity }, row) =>
    one.source === 'look-back'
      ? { attemptId: `A${row}`, agencyId: agency, collectorIds: collectors, startedAt: at, ruleId: rule, severity, pack: 'cn-card' }
      : { row, finding: rule, why: null, agencyId: agency, collectorId: collectors[0] ?? null, attemptId: null, startedAt: iso(at) },
  );
  const values = [BANK, iso(one.finishedAt), JSON.stringify(findings)];
  if (one.source === 'look-back')
    await stage.sql(
      `with audited as (insert into lookback (institution_id, policy, upload_bytes, file_name, state, finished_at, requested_by) values ($1, '{}', 0, 'log.csv', 'done', $2, 'x') returning id)
       insert into lookback_finding select $1, id, place, finding from audited, json_array_elements($3) with ordinality as f(finding, place)`,
      values,
    );
  else
    await stage.sql(
      `with audited as (insert into reconciliation (institution_id, source, source_name, reading, upload_bytes, file_name, state, finished_at, requested_by)
         select $1, id, name, reading, 0, 'calls.csv', 'done', $2, 'x' from call_record_source returning id)
       insert into call_finding select $1, id, place, finding from audited, json_array_elements($3) with ordinality as f(finding, place)`,
      values,
    );
}
