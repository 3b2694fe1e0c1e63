import {
  judge,
  Zone,
  type Facts,
  type Hold,
  type Judgement,
  type PastContact,
  type Policy,
  type Proposed,
  type Rule,
  type Severity,
} from '#contact-rules';
import { isSameContent, type LogRow } from './log-row.ts';
import { RecentContacts } from './recent.ts';
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

/** `history`: a contact of theirs or one never placed; `duplicate`: met before; `duplicate-id`: its id was used for another attempt at the same instant. */
export type Fate = 'judged' | 'history' | 'duplicate' | 'duplicate-id';

export interface Heard {
  readonly fate: Fate;
  /** Valid until the next row. */
  readonly findings: readonly Finding[];
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
// A log in which every row has one instant must not be kept in memory whole.
const MAX_TIED = 20_000;

/**
 * Judges a past log row by row, in the order of time, with the rules of the live gate. Holds no more of the past than the rules can
 * still ask for.
 */
export class LookBack {
  readonly recent: RecentContacts;
  /** Attempts judged with no consents known. */
  withoutConsents = 0;
  private readonly known: readonly Known[];
  private readonly heard: { fate: Fate; findings: Finding[] } = { fate: 'history', findings: [] };
  private readonly tied = new Map<string, string>();
  private first: LogRow | null = null;
  private now = Number.NEGATIVE_INFINITY;

  constructor(policy: Policy) {
    const windows = policy.rules.map(({ historyMs }) => historyMs).filter((ms) => ms !== Number.POSITIVE_INFINITY);
    this.recent = new RecentContacts(Math.max(0, ...windows));
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

  /**
   * Takes the next row in time; of rows at one instant, the earlier in the file first.
   * @throws RangeError when the row lies before the one heard last
   */
  hear(row: LogRow, registered: RegisteredCase | null = null): Heard {
    const { heard } = this;
    heard.findings.length = 0;
    heard.fate = this.meet(row);
    if (heard.fate === 'duplicate' || heard.fate === 'duplicate-id') return heard;
    if (row.initiator === 'us' && row.result !== 'cancelled') {
      heard.fate = 'judged';
      this.recent.pass(row, (history) => this.judge(row, registered, history, heard.findings));
    } else {
      this.recent.pass(row, null);
    }
    return heard;
  }

  /** Whether a row at this very instant was met before; moves time on. */
  private meet(row: LogRow): Fate {
    if (row.startedAt !== this.now) {
      if (!(row.startedAt > this.now)) throw new RangeError('the rows of a look-back must come in the order of time');
      this.now = row.startedAt;
      this.recent.forgetBefore(this.now);
      if (this.tied.size > 0) this.tied.clear();
      this.first = row;
      return 'history';
    }
    // Most instants have one row: only the second one needs an index.
    if (this.tied.size === 0 && this.first) this.tied.set(this.first.attemptId, this.first.line);
    const line = this.tied.get(row.attemptId);
    if (line !== undefined) return isSameContent(line, row.line) ? 'duplicate' : 'duplicate-id';
    if (this.tied.size < MAX_TIED) this.tied.set(row.attemptId, row.line);
    return 'history';
  }

  private judge(row: LogRow, registered: RegisteredCase | null, history: readonly PastContact[], findings: Finding[]): void {
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

  /** The hour of the day in the debtor's zone. */
  static localHour(row: LogRow): number {
    return Math.floor(Zone.of(row.timeZone).timeOfDay(row.startedAt) / 3_600_000);
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
