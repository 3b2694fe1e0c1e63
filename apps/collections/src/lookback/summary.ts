import { DEFAULT_TIME_ZONE, Zone, type Policy } from '#contact-rules';
import { LookBack } from './engine.ts';
import type { Finding, LeftOut } from './row-judge.ts';
import type { LogRow } from './log-row.ts';
import type { PolicyTimeline } from './policies.ts';
import type { LogError } from './row-errors.ts';

/** What a look-back found, as plain data. The same files and packs give the same summary for ever. */
export interface LookbackSummary {
  readonly packs: readonly { readonly pack: string; readonly version: number }[];
  readonly files: readonly { readonly name: string; readonly rows: number }[];
  /** read = judged + history + duplicates + rejected. `history`: contacts of theirs, and those never placed. */
  readonly rows: {
    readonly read: number;
    readonly judged: number;
    readonly history: number;
    readonly duplicates: number;
    readonly rejected: number;
  };
  /** First and last startedAt, RFC 3339 in the product's default zone; null for a log without a row. */
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly findings: number;
  /** Judged attempts with at least one finding. */
  readonly attemptsWithFindings: number;
  /** In the order of the packs; `missing-fact` apart for each fact. */
  readonly byRule: readonly {
    readonly ruleId: string;
    readonly pack: string;
    readonly severity: string;
    readonly fact: string | null;
    readonly findings: number;
  }[];
  /** agencyId null: the institution itself. Most findings first. */
  readonly byAgency: readonly { readonly agencyId: string | null; readonly attempts: number; readonly findings: number }[];
  /** Hours 0 to 23 in the debtor's zone. */
  readonly byHour: readonly { readonly hour: number; readonly attempts: number; readonly findings: number }[];
  /** The twenty debtors with the most findings. */
  readonly worstDebtors: readonly { readonly debtorId: string; readonly findings: number }[];
  /** False where there were too many debtors to count every one: then the numbers are lower bounds. */
  readonly worstDebtorsExact: boolean;
  /** Rules that were not asked for some attempts, because a log does not hold what they need. */
  readonly leftOut: readonly {
    readonly ruleId: string;
    readonly pack: string;
    readonly needs: readonly string[];
    readonly attempts: number;
  }[];
  /** Attempts judged as if nobody had consented to anything, because no register said otherwise. */
  readonly withoutConsents: number;
  readonly errors: { readonly total: number; readonly byCode: Readonly<Record<string, number>>; readonly first: readonly LogError[] };
}

const MAX_DEBTORS = 200_000;
const MAX_AGENCIES = 10_000;
const WORST = 20;

/** Counts by name in bounded memory: when there are too many names, the rarest are let go and the counts become lower bounds. */
class TopCounts {
  exact = true;
  private readonly counts = new Map<string, number>();
  private floor = 0;

  constructor(private readonly max: number) {}

  add(name: string, times: number): void {
    const before = this.counts.get(name);
    if (before !== undefined) {
      this.counts.set(name, before + times);
      return;
    }
    if (this.counts.size >= this.max) this.shrink();
    // A copy: the name is cut from a line that must not be kept.
    this.counts.set(` ${name}`.slice(1), times);
  }

  private shrink(): void {
    this.exact = false;
    while (this.counts.size > this.max / 2) {
      this.floor += 1;
      for (const [name, times] of this.counts) if (times <= this.floor) this.counts.delete(name);
    }
  }

  top(count: number): { name: string; times: number }[] {
    const all = [...this.counts].map(([name, times]) => ({ name, times }));
    return all.toSorted((a, b) => b.times - a.times || (a.name < b.name ? -1 : 1)).slice(0, count);
  }
}

/** Gathers the summary while the rows go by. */
export class Tally {
  readonly files: { name: string; rows: number }[] = [];
  read = 0;
  rejected = 0;
  private judged = 0;
  private history = 0;
  private duplicates = 0;
  private findings = 0;
  private attemptsWithFindings = 0;
  private from = Number.POSITIVE_INFINITY;
  private to = Number.NEGATIVE_INFINITY;
  private readonly rules = new Map<
    string,
    { ruleId: string; pack: string; severity: string; fact: string | null; findings: number; place: number }
  >();
  private readonly agencies = new Map<string | null, { attempts: number; findings: number }>();
  private readonly hours = Array.from({ length: 24 }, (_, hour) => ({ hour, attempts: 0, findings: 0 }));
  private readonly debtors = new TopCounts(MAX_DEBTORS);

  /** Those that judged, in the order in which they did. */
  private readonly used = new Set<Policy>();

  constructor(private readonly policies: PolicyTimeline) {}

  addJudged(row: LogRow, findings: readonly Finding[], policy: Policy): void {
    this.judged += 1;
    this.used.add(policy);
    this.addInstant(row.startedAt);
    const hour = this.hours[LookBack.localHour(row)];
    const agency = this.agencyOf(row.agencyId);
    if (hour) hour.attempts += 1;
    agency.attempts += 1;
    if (findings.length === 0) return;
    this.attemptsWithFindings += 1;
    this.findings += findings.length;
    if (hour) hour.findings += findings.length;
    agency.findings += findings.length;
    this.debtors.add(row.debtorId, findings.length);
    for (const finding of findings) this.addFinding(finding, policy);
  }

  addHistory(row: LogRow): void {
    this.history += 1;
    this.addInstant(row.startedAt);
  }

  addDuplicate(): void {
    this.duplicates += 1;
  }

  private addInstant(at: number): void {
    if (at < this.from) this.from = at;
    if (at > this.to) this.to = at;
  }

  private agencyOf(agencyId: string | null): { attempts: number; findings: number } {
    const known = this.agencies.get(agencyId);
    if (known) return known;
    // A column of garbage must not fill the memory: what is over the limit shares one line.
    if (this.agencies.size >= MAX_AGENCIES && agencyId !== '*') return this.agencyOf('*');
    const agency = { attempts: 0, findings: 0 };
    this.agencies.set(agencyId === null ? null : ` ${agencyId}`.slice(1), agency);
    return agency;
  }

  private addFinding({ ruleId, pack, severity, fact, rule }: Finding, policy: Policy): void {
    const key = `${pack} ${ruleId} ${fact} ${severity}`;
    const known = this.rules.get(key);
    if (known) {
      known.findings += 1;
      return;
    }
    const place = policy.rules.findIndex((one) => one.pack === pack && one.ruleId === rule);
    this.rules.set(key, { ruleId, pack, severity, fact, findings: 1, place });
  }

  /** The packs of the policies that judged; of a log in which none did, those of the first. */
  private packs(): LookbackSummary['packs'] {
    const used = this.used.size > 0 ? [...this.used] : this.policies.policies.slice(0, 1);
    const packs = used.flatMap((policy) => policy.packs);
    return [...new Map(packs.map((one) => [`${one.pack} ${one.version}`, one])).values()];
  }

  toSummary(leftOut: readonly LeftOut[], withoutConsents: number, errors: LookbackSummary['errors']): LookbackSummary {
    const zone = Zone.of(DEFAULT_TIME_ZONE);
    const { judged, history, duplicates, rejected, read } = this;
    const isMissing = (fact: string | null): number => (fact === null ? 0 : 1);
    return {
      packs: this.packs(),
      files: this.files,
      rows: { read, judged, history, duplicates, rejected },
      period: this.from <= this.to ? { from: zone.format(this.from), to: zone.format(this.to) } : null,
      findings: this.findings,
      attemptsWithFindings: this.attemptsWithFindings,
      byRule: [...this.rules.values()]
        .toSorted((a, b) => isMissing(a.fact) - isMissing(b.fact) || a.place - b.place)
        .map(({ ruleId, pack, severity, fact, findings }) => ({ ruleId, pack, severity, fact, findings })),
      byAgency: [...this.agencies]
        .map(([agencyId, counts]) => ({ agencyId, ...counts }))
        .toSorted((a, b) => b.findings - a.findings || b.attempts - a.attempts || ((a.agencyId ?? '') < (b.agencyId ?? '') ? -1 : 1)),
      byHour: this.hours,
      worstDebtors: this.debtors.top(WORST).map(({ name, times }) => ({ debtorId: name, findings: times })),
      worstDebtorsExact: this.debtors.exact,
      leftOut: leftOut.map(({ ruleId, pack, needs, attempts }) => ({ ruleId, pack, needs, attempts })),
      withoutConsents,
      errors,
    };
  }
}
