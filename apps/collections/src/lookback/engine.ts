import { Zone, type Policy } from '#contact-rules';
import { isSameContent, type LogRow } from './log-row.ts';
import { always, type PolicyTimeline } from './policies.ts';
import { RecentContacts } from './recent.ts';
import { NOTHING_REGISTERED, type Registered } from './register.ts';
import { numbersFor } from './row-facts.ts';
import { RowJudge, type Finding, type LeftOut } from './row-judge.ts';
import { Trails } from './trail.ts';

/** `history`: a contact of theirs or one never placed; `duplicate`: met before; `duplicate-id`: its id was used for another attempt at the same instant. */
export type Fate = 'judged' | 'history' | 'duplicate' | 'duplicate-id';

export interface Heard {
  readonly fate: Fate;
  /** Valid until the next row. */
  readonly findings: readonly Finding[];
}

// A log in which every row has one instant must not be kept in memory whole.
const MAX_TIED = 20_000;

/**
 * Judges a past log row by row, in the order of time, with the rules of the live gate. Holds no more of the past than the rules can
 * still ask for.
 */
export class LookBack {
  readonly recent: RecentContacts;
  private readonly policies: PolicyTimeline;
  private readonly judges: ReadonlyMap<Policy, RowJudge>;
  private readonly heard: { fate: Fate; findings: Finding[] } = { fate: 'history', findings: [] };
  private readonly tied = new Map<string, string>();
  private first: LogRow | null = null;
  private now = Number.NEGATIVE_INFINITY;

  /** @param searched the debtors who are looked for through others anywhere in the log (see `searchedIn`); null: any may be */
  constructor(policies: Policy | PolicyTimeline, searched: ReadonlySet<string> | null = null) {
    this.policies = 'rules' in policies ? always(policies) : policies;
    this.judges = new Map(this.policies.policies.map((policy) => [policy, new RowJudge(policy)]));
    const judges = [...this.judges.values()];
    const trails = judges.some(({ trail }) => trail) ? new Trails(searched) : null;
    this.recent = new RecentContacts(Math.max(...judges.map(({ windowMs }) => windowMs)), trails);
  }

  /** Attempts judged with no consents known. */
  get withoutConsents(): number {
    return [...this.judges.values()].reduce((sum, { withoutConsents }) => sum + withoutConsents, 0);
  }

  /** The rules that could not be asked for some attempts, or for any. */
  get leftOut(): readonly LeftOut[] {
    const sums = new Map<string, LeftOut>();
    for (const one of [...this.judges.values()].flatMap(({ leftOut }) => leftOut)) {
      const sum = sums.get(`${one.pack} ${one.ruleId}`);
      if (sum) sum.attempts += one.attempts;
      else sums.set(`${one.pack} ${one.ruleId}`, { ...one });
    }
    return [...sums.values()];
  }

  /** The policy that judges a row. */
  policyOf(row: LogRow, registered: Registered): Policy {
    return this.policies.at(row.startedAt, registered.case?.product ?? null);
  }

  /**
   * Takes the next row in time; of rows at one instant, the earlier in the file first.
   * @throws RangeError when the row lies before the one heard last
   */
  hear(row: LogRow, registered: Registered = NOTHING_REGISTERED): Heard {
    const { heard } = this;
    heard.findings.length = 0;
    heard.fate = this.meet(row);
    if (heard.fate === 'duplicate' || heard.fate === 'duplicate-id') return heard;
    if (row.initiator === 'us' && row.result !== 'cancelled') {
      heard.fate = 'judged';
      const judging = this.judges.get(this.policyOf(row, registered));
      if (!judging) throw new Error('the timeline gave a policy that it does not name');
      this.recent.pass(row, (history) => judging.judge(row, registered, history, heard.findings), numbersFor(row, registered));
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

  /** The hour of the day in the debtor's zone. */
  static localHour(row: LogRow): number {
    return Math.floor(Zone.of(row.timeZone).timeOfDay(row.startedAt) / 3_600_000);
  }
}
