import { Zone, type Policy } from '#contact-rules';
import { isSameContent, type LogRow } from './log-row.ts';
import { RecentContacts } from './recent.ts';
import type { RegisteredCase } from './register.ts';
import { RowJudge, type Finding, type LeftOut } from './row-judge.ts';

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
  private readonly judging: RowJudge;
  private readonly heard: { fate: Fate; findings: Finding[] } = { fate: 'history', findings: [] };
  private readonly tied = new Map<string, string>();
  private first: LogRow | null = null;
  private now = Number.NEGATIVE_INFINITY;

  constructor(policy: Policy) {
    this.judging = new RowJudge(policy);
    this.recent = new RecentContacts(this.judging.windowMs);
  }

  /** Attempts judged with no consents known. */
  get withoutConsents(): number {
    return this.judging.withoutConsents;
  }

  /** The rules that could not be asked for some attempts, or for any. */
  get leftOut(): readonly LeftOut[] {
    return this.judging.leftOut;
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
      this.recent.pass(row, (history) => this.judging.judge(row, registered, history, heard.findings));
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
