import { DEFAULT_TIME_ZONE, Zone, type PackVersion } from '#contact-rules';
import { ownText } from '#tabular';
import type { Answered, Screened } from './screener.ts';

export interface RuleCount {
  readonly ruleId: string;
  readonly pack: string;
  readonly severity: 'block' | 'warn';
  /** For `missing-fact`, the fact that is missing. */
  readonly fact: string | null;
  cases: number;
}

export interface AgencyCount {
  /** Null: kept by the institution itself. */
  readonly agencyId: string | null;
  cases: number;
  permitted: number;
  refused: number;
  notJudged: number;
}

export interface HourCount {
  /** An instant: the beginning of the hour. */
  readonly hour: string;
  readonly cases: number;
}

/** What a screening amounts to. */
export interface ScreeningSummary {
  /** The instant that was judged. */
  readonly at: string;
  readonly cases: number;
  readonly permitted: number;
  readonly refused: number;
  readonly notJudged: { readonly caseId: number; readonly partyId: number; readonly contactPointId: number };
  /** The first ids of the list that name no case. */
  readonly unknownCaseIds: readonly string[];
  /** Rows of the list that could not be read. */
  readonly unreadableRows: readonly number[];
  readonly byRule: readonly RuleCount[];
  readonly byAgency: readonly AgencyCount[];
  /** Refused cases by the hour from which they are permitted, within the next seven days. */
  readonly byNextHour: readonly HourCount[];
  /** Refused cases that are permitted after those seven days, and those that time alone does not help. */
  readonly nextLater: number;
  readonly nextNever: number;
  readonly policies: readonly {
    readonly product: string | null;
    readonly version: number | null;
    readonly packs: readonly PackVersion[];
  }[];
}

const HOUR_MS = 3_600_000;
const HOURS = 7 * 24;
const NAMED = 100;

/** Counts as results are written. */
export class Tally {
  private permitted = 0;
  private readonly rules = new Map<string, RuleCount>();
  private readonly agencies = new Map<string | null, AgencyCount>();
  private readonly hours = new Map<number, number>();
  private readonly notJudged = { caseId: 0, partyId: 0, contactPointId: 0 };
  private readonly unknown: string[] = [];
  private counted = 0;
  private later = 0;
  private never = 0;

  constructor(private readonly at: number) {}

  get cases(): number {
    return this.counted;
  }

  add({ agencyId, missing, answer }: Screened): void {
    this.counted += 1;
    const agency = this.agencyOf(agencyId);
    agency.cases += 1;
    if (answer === null) {
      if (missing !== null) this.notJudged[missing] += 1;
      agency.notJudged += 1;
      return;
    }
    for (const { ruleId, pack, severity, fact } of answer.decision.reasons) this.ruleOf(ruleId, pack, severity, fact).cases += 1;
    if (answer.decision.verdict === 'permitted') {
      this.permitted += 1;
      agency.permitted += 1;
      return;
    }
    agency.refused += 1;
    this.addNext(answer);
  }

  addUnknown(caseId: string): void {
    this.counted += 1;
    this.notJudged.caseId += 1;
    if (this.unknown.length < NAMED) this.unknown.push(ownText(caseId));
  }

  summary(more: Pick<ScreeningSummary, 'policies' | 'unreadableRows'>): ScreeningSummary {
    const { counted: cases, permitted, notJudged } = this;
    const zone = Zone.of(DEFAULT_TIME_ZONE);
    const byCases = (one: { cases: number }, other: { cases: number }): number => other.cases - one.cases;
    return {
      at: new Date(this.at).toISOString(),
      cases,
      permitted,
      refused: cases - permitted - notJudged.caseId - notJudged.partyId - notJudged.contactPointId,
      notJudged,
      unknownCaseIds: this.unknown,
      byRule: [...this.rules.values()].toSorted(byCases),
      byAgency: [...this.agencies.values()].toSorted(byCases),
      byNextHour: [...this.hours]
        .toSorted(([one], [other]) => one - other)
        .map(([hour, count]) => ({ hour: zone.format(hour), cases: count })),
      nextLater: this.later,
      nextNever: this.never,
      ...more,
    };
  }

  private addNext({ nextPermittedAt }: Answered): void {
    if (nextPermittedAt === null) this.never += 1;
    else if (nextPermittedAt >= this.at + HOURS * HOUR_MS) this.later += 1;
    else {
      const hour = Math.floor(nextPermittedAt / HOUR_MS) * HOUR_MS;
      this.hours.set(hour, (this.hours.get(hour) ?? 0) + 1);
    }
  }

  private agencyOf(agencyId: string | null): AgencyCount {
    let agency = this.agencies.get(agencyId);
    if (!agency) {
      const own = agencyId === null ? null : ownText(agencyId);
      this.agencies.set(own, (agency = { agencyId: own, cases: 0, permitted: 0, refused: 0, notJudged: 0 }));
    }
    return agency;
  }

  private ruleOf(ruleId: string, pack: string, severity: 'block' | 'warn', fact: string | null): RuleCount {
    const key = `${pack} ${ruleId} ${severity} ${fact}`;
    let rule = this.rules.get(key);
    if (!rule) this.rules.set(key, (rule = { ruleId, pack, severity, fact, cases: 0 }));
    return rule;
  }
}
