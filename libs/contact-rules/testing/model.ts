import type { Adjustment, InstitutionRules, PackRow, Severity } from '../index.ts';
import { changesAfter, QUARTER_MS } from './local-time.ts';
import { localDate, zoneOf, type Answer, type Check, type Question } from './model-facts.ts';
import { checkOf, MODEL_PACKS, severityOf, type ModelRow } from './model-packs.ts';

interface Row {
  readonly ruleId: string;
  readonly pack: string;
  readonly severity: Severity;
  readonly check: Check;
  readonly endsContact: boolean;
  /** Local dates, inclusive. */
  readonly from: string;
  readonly to: string;
}

export interface ModelPolicy {
  readonly rows: readonly Row[];
  /** Spans of time after which something may be different: the rolling windows and the lives of permits. */
  readonly spansMs: readonly number[];
  readonly dates: readonly string[];
}

function adjusted(row: ModelRow, change: Adjustment | undefined): ModelRow | null {
  if (change?.off) return null;
  if (change?.cap !== undefined && 'count' in row) return { ...row, count: { ...row.count, cap: change.cap } };
  if (change?.refused && 'quiet' in row) return { ...row, quiet: { ...row.quiet, ...change.refused } };
  if (change?.minCollectors !== undefined && 'visitTeam' in row) return { ...row, visitTeam: change.minCollectors };
  return row;
}

/** An institution's own row, of the kinds that the model knows how to read. */
function ownRow(row: PackRow): ModelRow {
  const { ruleId } = row;
  switch (row.kind) {
    case 'calendar':
      return { ruleId, calendar: row.params };
    case 'time-window':
      return { ruleId, quiet: { ...row.params.refused, ...row.params, allZones: row.params.zones === 'all-known' } };
    case 'counter': {
      const { window } = row.params;
      const span = window === 'local-day' ? {} : 'rollingMinutes' in window ? { rollingMinutes: window.rollingMinutes } : window;
      return { ruleId, count: { ...row.params, ...span } };
    }
    case 'visit':
      return { ruleId, visitTeam: row.params.minCollectors };
    default:
      throw new Error(`the model has no words for own rows of the kind ${row.kind}`);
  }
}

const EVER = { from: '2011-01-13', to: '9999-12-31' };
const NEVER = Date.parse('9999-01-01');
const MINUTE_MS = 60_000;

/** Packs by name, stacked in the order given, and what the institution made of them. */
export function modelPolicy(packs: readonly string[], { adjust, rules }: InstitutionRules = { adjust: {}, rules: [] }): ModelPolicy {
  const stacked = packs.flatMap((pack) =>
    (MODEL_PACKS[pack] ?? []).flatMap((original) => {
      const change = adjust[original.ruleId];
      const row = adjusted(original, change);
      return row ? [{ row, pack: pack.replace('@1', ''), severity: change?.severity ?? severityOf(original), ...EVER }] : [];
    }),
  );
  const own = rules.map((row) => ({
    row: ownRow(row),
    pack: 'institution',
    severity: row.severity,
    from: row.effectiveFrom,
    to: row.effectiveTo ?? EVER.to,
  }));
  const all = [...stacked, ...own];
  const rolling = all.flatMap(({ row }) => ('count' in row && row.count.rollingMinutes ? [row.count.rollingMinutes * MINUTE_MS] : []));
  return {
    rows: all.map(({ row, ...rest }) => ({ ...rest, ruleId: row.ruleId, check: checkOf(row), endsContact: 'quiet' in row })),
    spansMs: [...new Set([0, 15 * MINUTE_MS, 24 * 60 * MINUTE_MS, ...rolling])],
    dates: all.flatMap(({ row, from, to }) => [
      from,
      to,
      ...('calendar' in row ? row.calendar.dates.flatMap((date) => [date.from, date.to]) : []),
    ]),
  };
}

function answerOf(row: Row, asked: Question, at: number): Answer {
  const today = localDate(asked, at);
  return row.from <= today && today <= row.to ? row.check(asked, at) : 'passes';
}

const DAY_MS = 24 * 60 * MINUTE_MS;
/** How long after the last instant or date that the facts name every day is like the one before. */
const SETTLED_MS = 9 * DAY_MS;

/** Every instant worth trying after `at`, in order: each quarter of an hour, and the surroundings of each instant and span that the facts name. */
function candidates(asked: Question, { spansMs, dates }: ModelPolicy, at: number): number[] {
  const text = JSON.stringify(asked.facts);
  const instants = [...text.matchAll(/\d{4}-\d\d-\d\dT[^"]+/g)].map(([instant]) => Date.parse(instant));
  const named = instants.flatMap((instant) => spansMs.map((span) => instant + span));
  const days = [...[...text.matchAll(/"(\d{4}-\d\d-\d\d)"/g)].map(([, day = '']) => day), ...dates].map((day) => Date.parse(day));
  const found = named.flatMap((one) => [one - 1000, one - 1, one, one + 1, one + 1000]);
  const changes =
    (asked.facts.timeZones ?? []).length > 0
      ? [zoneOf(asked), ...(asked.facts.timeZones ?? [])].flatMap((zone) => changesAfter(at, zone))
      : [];
  let tried = Math.floor(at / QUARTER_MS) * QUARTER_MS;
  for (const about of [at, ...named, ...days, ...changes].toSorted((a, b) => a - b)) {
    if (about > NEVER) break;
    // Between what is named, days repeat.
    for (let quarter = Math.max(tried, Math.floor(about / DAY_MS - 1) * DAY_MS); quarter <= about + SETTLED_MS; quarter += QUARTER_MS) {
      found.push(quarter);
      tried = quarter + QUARTER_MS;
    }
  }
  return found.filter((one) => one > at).toSorted((a, b) => a - b);
}

export interface ModelDecision {
  readonly verdict: 'permitted' | 'refused';
  /** `pack ruleId severity`, or `pack missing-fact fact severity`; sorted. */
  readonly reasons: readonly string[];
  readonly nextPermittedAt: number | null;
  readonly mustEndBy: number | null;
}

export function modelReasons(asked: Question, policy: ModelPolicy, at: number): string[] {
  const reasons = new Set<string>();
  for (const row of policy.rows) {
    const answer = answerOf(row, asked, at);
    if (answer === 'fails') reasons.add(`${row.pack} ${row.ruleId} ${row.severity}`);
    else if (answer !== 'passes') reasons.add(`${row.pack} missing-fact ${answer.missing} ${row.severity}`);
  }
  // A fact is asked for once: where it keeps back a refusal and a warning, it refuses.
  for (const reason of reasons) if (/ missing-fact .* block$/.test(reason)) reasons.delete(reason.replace(/ block$/, ' warn'));
  return [...reasons].toSorted();
}

/** The decision of rules.md by trying one instant after the other. */
export function modelDecide(asked: Question, policy: ModelPolicy, at: number): ModelDecision {
  const blocking = policy.rows.filter(({ severity }) => severity === 'block');
  // The row that refused last is asked first: most instants need no other.
  const refuses = (instant: number): boolean => {
    const place = blocking.findIndex((row) => answerOf(row, asked, instant) !== 'passes');
    if (place > 0) blocking.unshift(...blocking.splice(place, 1));
    return place >= 0;
  };
  const refused = refuses(at);
  const later = candidates(asked, policy, at);
  const ends = blocking.filter(({ endsContact }) => endsContact);
  return {
    verdict: refused ? 'refused' : 'permitted',
    reasons: modelReasons(asked, policy, at),
    nextPermittedAt: refused ? (later.find((instant) => !refuses(instant)) ?? null) : at,
    mustEndBy: refused ? null : (later.find((instant) => ends.some((row) => answerOf(row, asked, instant) === 'fails')) ?? null),
  };
}
