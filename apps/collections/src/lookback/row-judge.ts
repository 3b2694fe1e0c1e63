import {
  judge,
  type Facts,
  type Hold,
  type Judgement,
  type PastContact,
  type Policy,
  type Proposed,
  type Rule,
  type Severity,
} from '#contact-rules';
import type { LogRow } from './log-row.ts';
import type { RegisteredCase } from './register.ts';

/** A rule that an attempt of the log broke. */
export interface Finding {
  readonly attemptId: string;
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

interface Known {
  readonly policy: Policy;
  readonly leftOut: readonly LeftOut[];
}

const noHolds: readonly Hold[] = [];

/** Judges rows of a past log under one policy, by the rules that what is known allows to ask. */
export class RowJudge {
  /** How far back the rules that count look, in milliseconds; refusals that last for ever apart. */
  readonly windowMs: number;
  /** Attempts judged with no consents known. */
  withoutConsents = 0;
  private readonly known: readonly Known[];

  constructor(policy: Policy) {
    const windows = policy.rules.map(({ historyMs }) => historyMs).filter((ms) => ms !== Number.POSITIVE_INFINITY);
    this.windowMs = Math.max(0, ...windows);
    const leftOut = policy.rules.map(({ ruleId, pack, needs }): LeftOut => ({ ruleId, pack, needs, attempts: 0 }));
    this.known = [false, true].flatMap((cases) =>
      [false, true].map((holds): Known => {
        const canJudge = ({ needs }: Pick<Rule, 'needs'>): boolean =>
          needs.every((need) => (need === 'case' && cases) || (need === 'holds' && holds));
        return { policy: { ...policy, rules: policy.rules.filter(canJudge) }, leftOut: leftOut.filter((rule) => !canJudge(rule)) };
      }),
    );
  }

  /** The rules that could not be asked for some attempts, or for any. */
  get leftOut(): readonly LeftOut[] {
    return (this.known[0]?.leftOut ?? []).filter(({ attempts }) => attempts > 0);
  }

  /** Adds what the row breaks to the findings. */
  judge(row: LogRow, registered: RegisteredCase | null, history: readonly PastContact[], findings: Finding[]): void {
    const standing = registered?.standingAt(row.startedAt) ?? null;
    const holds = registered?.holds ?? null;
    if (registered === null) this.withoutConsents += 1;
    const known = this.known[(standing === null ? 0 : 2) + (holds === null ? 0 : 1)];
    if (!known) return;
    for (const rule of known.leftOut) rule.attempts += 1;
    const proposed: Proposed = {
      channel: row.channel,
      mode: row.mode,
      purpose: row.purpose,
      partyRole: row.partyRole,
      partyId: row.partyId,
      contactPoint: row.contactPoint,
      debtorId: row.debtorId,
      debtId: null,
      agencyId: row.agencyId,
      collectorIds: row.collectorIds,
      deviceId: null,
      message: null,
    };
    const facts: Facts = {
      timeZone: row.timeZone,
      case: standing,
      history,
      consents: registered?.consentsOf(row.partyId) ?? null,
      holds: holds ?? noHolds,
      contactPoints: null,
      agency: null,
      optOuts: null,
      timeZones: null,
      region: null,
    };
    for (const judgement of judge({ proposed, facts }, known.policy, row.startedAt)) addFinding(findings, row, judgement);
  }
}

/** As in a decision, a fact that is not known is said once for a pack, however many rules need it. */
function addFinding(findings: Finding[], { attemptId }: LogRow, { rule, failure }: Judgement): void {
  const { ruleId, severity, pack, source } = rule;
  if (failure.missing === undefined) {
    const { limit, counted, detail } = failure;
    findings.push({ attemptId, ruleId, severity, pack, source, limit, counted, rule: ruleId, fact: null, detail });
    return;
  }
  const fact = failure.missing;
  if (findings.some((one) => one.fact === fact && one.pack === pack)) return;
  const missing = { limit: null, counted: null, rule: ruleId, fact, detail: {} };
  findings.push({ attemptId, ruleId: 'missing-fact', severity, pack, source, ...missing });
}
