import { judge, type Judgement, type Need, type PastContact, type Policy, type Proposed, type Rule, type Severity } from '#contact-rules';
import type { LogRow } from './log-row.ts';
import type { Registered } from './register.ts';
import { bitOf, factsOf, knownBits } from './row-facts.ts';

/** A rule that an attempt of the log broke. */
export interface Finding {
  readonly attemptId: string;
  /** Null: of the institution itself. */
  readonly agencyId: string | null;
  readonly collectorIds: readonly string[];
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** `missing-fact` where the log does not say what the rule needs. */
  readonly ruleId: string;
  readonly severity: Severity;
  readonly pack: string;
  readonly source: string;
  readonly limit: number | null;
  readonly counted: number | null;
  /** The rule that gave the finding: differs from ruleId for `missing-fact`. */
  readonly rule: string;
  readonly fact: string | null;
  readonly detail: Readonly<Record<string, string>>;
}

/** How often a rule could not be asked. */
export interface LeftOut {
  readonly ruleId: string;
  readonly pack: string;
  readonly needs: Rule['needs'];
  attempts: number;
}

interface Unasked {
  readonly leftOut: LeftOut;
  readonly concerns: (row: LogRow) => boolean;
}

interface Known {
  readonly policy: Policy;
  readonly unasked: readonly Unasked[];
}

const WRITTEN: readonly string[] = ['sms', 'email', 'im', 'letter'];

/** Attempts that a rule has nothing to say of, whatever is known, are not those for which it was left out. */
const CONCERNS: Readonly<Partial<Record<Need, (row: LogRow) => boolean>>> = {
  agency: ({ agencyId }) => agencyId !== null,
  referral: ({ agencyId }) => agencyId !== null,
  message: ({ channel }) => WRITTEN.includes(channel),
};
const always = (): boolean => true;

/** The facts of the register: where a rule misses one of them it is left out. What a log itself can say, and does not, is a finding. */
const REGISTERED = /^(case|holds|contactPoints|agency|optOuts|message|region)\b/;

/** Judges rows of a past log under one policy, by the rules that what is known allows to ask. */
export class RowJudge {
  /** How far back the rules that count look, in milliseconds; what matters for ever apart. */
  readonly windowMs: number;
  /** Whether a rule asks if the debtor is lost. */
  readonly trail: boolean;
  /** Attempts judged with no consents known. */
  withoutConsents = 0;
  private readonly known = new Map<number, Known>();
  private readonly leftOutOf: ReadonlyMap<string, LeftOut>;

  constructor(private readonly policy: Policy) {
    const windows = policy.rules.map(({ historyMs }) => historyMs).filter((ms) => ms !== Number.POSITIVE_INFINITY);
    this.windowMs = Math.max(0, ...windows);
    this.trail = policy.rules.some(({ trail }) => trail);
    this.leftOutOf = new Map(policy.rules.map(({ ruleId, pack, needs }) => [`${pack} ${ruleId}`, { ruleId, pack, needs, attempts: 0 }]));
  }

  /** The rules that could not be asked for some attempts, or for any. */
  get leftOut(): readonly LeftOut[] {
    return [...this.leftOutOf.values()].filter(({ attempts }) => attempts > 0);
  }

  private of({ pack, ruleId }: Rule): LeftOut {
    const leftOut = this.leftOutOf.get(`${pack} ${ruleId}`);
    if (!leftOut) throw new Error(`${pack} ${ruleId} is no rule of the policy`);
    return leftOut;
  }

  /** The rules that can be asked where so much is known. Those that may pass all the same are asked, and left out where they miss it. */
  private knownFor(bits: number): Known {
    const known = this.known.get(bits);
    if (known) return known;
    const lacks = ({ needs, trail }: Rule): boolean => !trail && needs.some((need) => need !== 'region' && (bits & bitOf(need)) === 0);
    const made: Known = {
      policy: { ...this.policy, rules: this.policy.rules.filter((rule) => !lacks(rule)) },
      unasked: this.policy.rules
        .filter(lacks)
        .map((rule) => ({ leftOut: this.of(rule), concerns: rule.needs.map((need) => CONCERNS[need]).find(Boolean) ?? always })),
    };
    this.known.set(bits, made);
    return made;
  }

  /** Adds what the row breaks to the findings. */
  judge(row: LogRow, registered: Registered, history: readonly PastContact[], findings: Finding[]): void {
    if (registered.case === null) this.withoutConsents += 1;
    const facts = factsOf(row, registered, history);
    const { policy, unasked } = this.knownFor(knownBits(registered, facts));
    for (const { leftOut, concerns } of unasked) if (concerns(row)) leftOut.attempts += 1;
    for (const judgement of judge({ proposed: proposedBy(row), facts }, policy, row.startedAt)) {
      const { missing } = judgement.failure;
      if (missing !== undefined && REGISTERED.test(missing)) this.of(judgement.rule).attempts += 1;
      else addFinding(findings, row, judgement);
    }
  }
}

const proposedBy = (row: LogRow): Proposed => ({
  channel: row.channel,
  mode: row.mode,
  purpose: row.purpose,
  partyRole: row.partyRole,
  partyId: row.partyId,
  contactPoint: row.contactPoint,
  debtorId: row.debtorId,
  debtId: row.debtId,
  agencyId: row.agencyId,
  collectorIds: row.collectorIds,
  deviceId: row.deviceId,
  // A log does not say what was written.
  message: null,
});

/** As in a decision, a fact that is not known is said once for a pack, however many rules need it; where one of them blocks, it blocks. */
function addFinding(findings: Finding[], row: LogRow, { rule, failure }: Judgement): void {
  const { ruleId, severity, pack, source } = rule;
  const { attemptId, agencyId, startedAt } = row;
  const whose = { attemptId, agencyId, collectorIds: row.collectorIds ?? [], startedAt };
  if (failure.missing === undefined) {
    const { limit, counted, detail } = failure;
    findings.push({ ...whose, ruleId, severity, pack, source, limit, counted, rule: ruleId, fact: null, detail });
    return;
  }
  const fact = failure.missing;
  const missing = { limit: null, counted: null, rule: ruleId, fact, detail: {} };
  const finding: Finding = { ...whose, ruleId: 'missing-fact', severity, pack, source, ...missing };
  const place = findings.findIndex((one) => one.fact === fact && one.pack === pack);
  if (place < 0) findings.push(finding);
  else if (findings[place]?.severity === 'warn' && severity === 'block') findings[place] = finding;
}
