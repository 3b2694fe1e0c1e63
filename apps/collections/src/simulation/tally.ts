import type { Rule } from '#contact-rules';
import { causesOf, type Turn, type Verdict } from './verdict.ts';

/** A contact as it is counted. */
export interface Counted {
  readonly agencyId: string | null;
  readonly product: string;
  readonly channel: string;
  readonly mode: string | null;
  /** Days since the debt was due, on the local day of the contact; null: not overdue, or not known. */
  readonly overdueDays: number | null;
  /** Local date of the contact. */
  readonly day: string;
}

export interface Turns {
  readonly judged: number;
  readonly toRefused: number;
  readonly toPermitted: number;
}

export interface SimulationSummary extends Turns {
  /** The version that the draft was compared with; null: the newest cn-card, because there is none. */
  readonly against: number | null;
  /** Of `judged`: by the gate, and by logs that were imported. */
  readonly decided: number;
  readonly logged: number;
  readonly changed: number;
  readonly refusedBefore: number;
  readonly refusedAfter: number;
  /** Most changes first. A contact counts under each rule that made the difference. */
  readonly byRule: readonly { readonly ruleId: string; readonly pack: string; readonly toRefused: number; readonly toPermitted: number }[];
  readonly byAgency: readonly (Turns & { readonly agencyId: string | null })[];
  readonly bySegment: readonly (Turns & Segment)[];
  /** In the order of time. */
  readonly byDay: readonly (Turns & { readonly day: string })[];
  /** Rules that could not be asked for some contacts, because nobody recorded what they need. */
  readonly leftOut: readonly { readonly ruleId: string; readonly pack: string; readonly contacts: number }[];
  readonly openPermits: {
    readonly open: number;
    readonly touched: number;
    /** The first that expire. */
    readonly items: readonly OpenPermit[];
  };
}

export interface Segment {
  readonly product: string;
  readonly overdue: string;
  readonly channel: string;
  readonly mode: string | null;
}

export interface OpenPermit {
  readonly id: string;
  readonly caseId: string;
  readonly expiresAt: string;
  /** Rules by which the draft would refuse. */
  readonly reasons: readonly { readonly ruleId: string; readonly pack: string }[];
}

// A column of garbage must not fill the memory: what is over the limit shares one line.
const MOST_LINES = 5000;
const SHOWN_SEGMENTS = 200;
const SHOWN_AGENCIES = 1000;

class Lines<T> {
  private readonly lines = new Map<string, { readonly of: T; judged: number; toRefused: number; toPermitted: number }>();

  constructor(private readonly others: T) {}

  add(key: string, of: () => T, turn: Turn, judged = 1): void {
    const known = this.lines.get(key);
    if (known === undefined && this.lines.size >= MOST_LINES && key !== '*') {
      this.add('*', () => this.others, turn, judged);
      return;
    }
    const line = known ?? { of: of(), judged: 0, toRefused: 0, toPermitted: 0 };
    if (known === undefined) this.lines.set(key, line);
    line.judged += judged;
    if (turn === 'to-refused') line.toRefused += 1;
    else if (turn === 'to-permitted') line.toPermitted += 1;
  }

  get all(): (T & { judged: number; toRefused: number; toPermitted: number })[] {
    return [...this.lines.values()].map(({ of, ...counts }) => ({ ...of, ...counts }));
  }
}

/** M1 is up to 30 days overdue, M2 up to 60, and so on; M7+ is more than 180. */
export function overdueBucket(days: number | null): string {
  if (days === null || days < 0) return 'M0';
  return days > 180 ? 'M7+' : `M${Math.max(1, Math.ceil(days / 30))}`;
}

const changes = ({ toRefused, toPermitted }: Pick<Turns, 'toRefused' | 'toPermitted'>): number => toRefused + toPermitted;

/** Counts what a draft changes, while the contacts go by. Equal contacts give equal counts, in equal order. */
export class Tally {
  private decided = 0;
  private logged = 0;
  private refusedBefore = 0;
  private refusedAfter = 0;
  private readonly turns = { toRefused: 0, toPermitted: 0 };
  private readonly rules = new Lines<{ ruleId: string; pack: string }>({ ruleId: '*', pack: '*' });
  private readonly agencies = new Lines<{ agencyId: string | null }>({ agencyId: '*' });
  private readonly segments = new Lines<Segment>({ product: '*', overdue: '*', channel: '*', mode: null });
  private readonly days = new Lines<{ day: string }>({ day: '*' });
  private readonly unknown = new Map<string, { ruleId: string; pack: string; contacts: number }>();

  add(contact: Counted, source: 'decided' | 'logged', before: Verdict, after: Verdict, turn: Turn): void {
    this[source] += 1;
    if (before.refused) this.refusedBefore += 1;
    if (after.refused) this.refusedAfter += 1;
    const { agencyId, product, channel, mode, day } = contact;
    const overdue = overdueBucket(contact.overdueDays);
    this.agencies.add(agencyId === null ? '' : `=${agencyId}`, () => ({ agencyId }), turn);
    this.segments.add([product, overdue, channel, mode ?? ''].join('\u001F'), () => ({ product, overdue, channel, mode }), turn);
    this.days.add(day, () => ({ day }), turn);
    if (turn === null) return;
    this.turns[turn === 'to-refused' ? 'toRefused' : 'toPermitted'] += 1;
    for (const { ruleId, pack } of causesOf(turn, before, after)) this.rules.add(`${pack} ${ruleId}`, () => ({ ruleId, pack }), turn);
  }

  leaveOut(rules: readonly Pick<Rule, 'ruleId' | 'pack'>[], contacts = 1): void {
    for (const { ruleId, pack } of rules) {
      const key = `${pack} ${ruleId}`;
      const known = this.unknown.get(key) ?? { ruleId, pack, contacts: 0 };
      this.unknown.set(key, known);
      known.contacts += contacts;
    }
  }

  summary(against: number | null, openPermits: SimulationSummary['openPermits']): SimulationSummary {
    const { decided, logged, refusedBefore, refusedAfter, turns } = this;
    const byChanges = <T extends Turns>(lines: readonly T[], name: (line: T) => string): T[] =>
      lines.toSorted((a, b) => changes(b) - changes(a) || b.judged - a.judged || (name(a) < name(b) ? -1 : 1));
    return {
      against,
      judged: decided + logged,
      decided,
      logged,
      changed: changes(turns),
      ...turns,
      refusedBefore,
      refusedAfter,
      byRule: byChanges(this.rules.all, ({ pack, ruleId }) => `${pack} ${ruleId}`).map(({ ruleId, pack, toRefused, toPermitted }) => ({
        ruleId,
        pack,
        toRefused,
        toPermitted,
      })),
      byAgency: byChanges(this.agencies.all, ({ agencyId }) => agencyId ?? '').slice(0, SHOWN_AGENCIES),
      bySegment: byChanges(this.segments.all, (line) => JSON.stringify(line)).slice(0, SHOWN_SEGMENTS),
      byDay: this.days.all.toSorted((a, b) => (a.day < b.day ? -1 : 1)),
      leftOut: [...this.unknown.values()].toSorted((a, b) => b.contacts - a.contacts || (a.ruleId < b.ruleId ? -1 : 1)),
      openPermits,
    };
  }
}
