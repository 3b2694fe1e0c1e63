import {
  decide,
  judge,
  readInput,
  toDecisionJson,
  Zone,
  type ContactInput,
  type DecisionJson,
  type PastContact,
  type Policy,
  type ProposedJson,
  type Rule,
} from '#contact-rules';
import type { LogRow } from '../lookback/log-row.ts';
import { RecentContacts } from '../lookback/recent.ts';
import type { Registered } from '../lookback/register.ts';
import { numbersFor } from '../lookback/row-facts.ts';
import { RowJudge, type Finding } from '../lookback/row-judge.ts';
import { Trails } from '../lookback/trail.ts';
import type { About, DecisionEvent, PastEvent, PendingPermit } from './rows.store.ts';
import { Samples } from './samples.ts';
import { Tally, type Counted, type OpenPermit } from './tally.ts';
import { askable, toCause, turnOf, verdictOf, type Turn, type Verdict } from './verdict.ts';

/** A contact that the draft would answer otherwise, as it is kept: without names, and with a token for its number or address. */
export interface Sample {
  readonly source: 'decision' | 'log';
  readonly attemptId: string;
  readonly at: string;
  readonly caseId: string | null;
  readonly channel: string;
  readonly mode: string | null;
  readonly agencyId: string | null;
  readonly contactPoint: string | null;
  readonly before: DecisionJson;
  readonly after: DecisionJson;
}

export interface SimulatorOptions {
  readonly before: Policy;
  readonly after: Policy;
  /** Whether the draft is for contacts on a product. */
  readonly concerns: (product: string) => boolean;
  /** Debtors who are looked for through others in the time. */
  readonly searched: ReadonlySet<string>;
  /** Contacts before this are only counted against those after. */
  readonly from: number;
  readonly open: (proposed: ProposedJson, sealed: Buffer | null) => ProposedJson;
}

// A kind is a rule and the way it turned an answer: where there is but one, all samples are of it.
const PER_KIND = 50;
const MOST_KINDS = 80;
const DAY_MS = 86_400_000;
// Whether a debtor is lost shows in the calls of three days; who has not been called for a month is not looked for.
const TRAIL_MS = 30 * DAY_MS;

/** How a finding of a log stands in an answer: a log is judged at the time of its contact, so that nothing clears. */
const toReason = ({ attemptId: _attemptId, ...finding }: Finding): DecisionJson['reasons'][number] => ({ ...finding, clearsAt: null });

function toLogAnswer(findings: readonly Finding[], policy: Policy): DecisionJson {
  const refused = findings.some(({ severity }) => severity === 'block');
  const nothing = { nextPermittedAt: null, mustEndBy: null };
  return { verdict: refused ? 'refused' : 'permitted', reasons: findings.map(toReason), ...nothing, packs: policy.packs };
}

const without = (policy: Policy, leftOut: readonly Rule[]): Policy =>
  leftOut.length === 0 ? policy : { ...policy, rules: policy.rules.filter((rule) => !leftOut.includes(rule)) };

/**
 * Judges what happened under two policies, in the order of time: decisions from the facts that were recorded with them, contacts of logs from the
 * contacts before them and the register. Holds no more of the past than the rules of either can still ask for.
 */
export class Simulator {
  readonly tally = new Tally();
  readonly samples = new Samples<Sample>(PER_KIND, MOST_KINDS);
  private readonly logBefore: RowJudge;
  private readonly logAfter: RowJudge;
  private readonly recent: RecentContacts;
  private readonly windowMs: number;

  constructor(private readonly options: SimulatorOptions) {
    this.logBefore = new RowJudge(options.before);
    this.logAfter = new RowJudge(options.after);
    const judges = [this.logBefore, this.logAfter];
    this.windowMs = Math.max(...judges.map(({ windowMs }) => windowMs));
    this.recent = new RecentContacts(this.windowMs, judges.some(({ trail }) => trail) ? new Trails(options.searched) : null);
  }

  /** How much older contacts the rules of either policy ask for. */
  static historyMs(before: Policy, after: Policy): number {
    const judges = [before, after].map((policy) => new RowJudge(policy));
    return Math.max(judges.some(({ trail }) => trail) ? TRAIL_MS : 0, ...judges.map(({ windowMs }) => windowMs));
  }

  /** Whether the contact itself is judged, so that its case must be known. */
  isJudged({ at, product, isPermit, row }: PastEvent): boolean {
    return !isPermit && row.initiator === 'us' && row.result !== 'cancelled' && at >= this.options.from && this.options.concerns(product);
  }

  /** Takes the next contact in time. */
  contact(event: PastEvent, registered: Registered): void {
    this.recent.forgetBefore(event.at);
    const isJudged = this.isJudged(event);
    const ask = isJudged ? (history: readonly PastContact[]) => this.judgeLogged(event, registered, history) : null;
    this.recent.pass(event.row, ask, isJudged ? numbersFor(event.row, registered) : []);
  }

  /** Takes the next decision in time. */
  decision(event: DecisionEvent): void {
    if (!this.options.concerns(event.product)) return;
    const { before, after } = this.options;
    const proposed = this.options.open(event.proposed, event.messageSealed);
    const input = this.withOlder(event, readInput(proposed, event.facts));
    const [was, is] = [before, after].map((policy) => askable(judge(input, policy, event.at), event.facts, proposed));
    if (!was || !is) return;
    const verdicts = [was, is].map(({ asked }) => verdictOf(asked.map(toCause)));
    this.tally.leaveOut(is.leftOut);
    const { timeZone } = input.facts;
    const contact = { ...event, channel: proposed.channel, mode: proposed.mode ?? null, timeZone };
    this.count(contact, 'decision', event.id, verdicts, () => {
      const answer = (policy: Policy, leftOut: readonly Rule[]): DecisionJson =>
        toDecisionJson(decide(input, without(policy, leftOut), event.at), timeZone);
      return { contactPoint: proposed.contactPoint ?? null, before: answer(before, was.leftOut), after: answer(after, is.leftOut) };
    });
  }

  /** The permit, if the draft would refuse at the instant what is permitted as things are. */
  openPermit(permit: PendingPermit, now: number): OpenPermit | null {
    if (!this.options.concerns(permit.product)) return null;
    const proposed = this.options.open(permit.proposed, permit.messageSealed);
    const input = readInput(proposed, permit.facts);
    const [was, is] = [this.options.before, this.options.after].map((policy) =>
      verdictOf(askable(judge(input, policy, now), permit.facts, proposed).asked.map(toCause)),
    );
    if (!was || !is || was.refused || !is.refused) return null;
    const reasons = is.causes.filter(({ severity }) => severity === 'block').map(({ ruleId, pack }) => ({ ruleId, pack }));
    return { id: permit.id, caseId: permit.caseId ?? '', expiresAt: permit.expiresAt.toISOString(), reasons };
  }

  /** To be asked at the end: the rules that could not be asked of logs. */
  finish(): void {
    for (const rule of this.logAfter.leftOut) this.tally.leaveOut([rule], rule.attempts);
  }

  private judgeLogged(event: PastEvent, registered: Registered, history: readonly PastContact[]): void {
    const { row } = event;
    const was: Finding[] = [];
    const is: Finding[] = [];
    this.logBefore.judge(row, registered, history, was);
    this.logAfter.judge(row, registered, history, is);
    const { agencyId, channel, mode, timeZone, contactPoint } = row;
    this.count({ ...event, agencyId, channel, mode, timeZone }, 'log', row.attemptId, [verdictOf(was), verdictOf(is)], () => ({
      contactPoint,
      before: toLogAnswer(was, this.options.before),
      after: toLogAnswer(is, this.options.after),
    }));
  }

  /** A policy that looks back further than the one that decided needs contacts that were not recorded with the decision. */
  private withOlder(event: DecisionEvent, input: ContactInput): ContactInput {
    if (this.windowMs <= event.coveredMs) return input;
    const { proposed, facts } = input;
    const older: PastContact[] = [];
    this.recent.forgetBefore(event.at);
    // A row that was never placed is not remembered.
    this.recent.pass(toUnplaced(event, input), (history) => {
      for (const past of history)
        if (past.at <= event.at - event.coveredMs && past.at !== Number.NEGATIVE_INFINITY) older.push({ ...past });
    });
    return older.length === 0 ? input : { proposed, facts: { ...facts, history: [...older, ...(facts.history ?? [])] } };
  }

  private count(
    contact: About & { at: number; agencyId: string | null; channel: string; mode: string | null; timeZone: string },
    source: Sample['source'],
    attemptId: string,
    [before = verdictOf([]), after = verdictOf([])]: readonly Verdict[],
    toAnswers: () => Pick<Sample, 'contactPoint' | 'before' | 'after'>,
  ): void {
    const { at, caseId, agencyId, channel, mode, timeZone } = contact;
    const zone = Zone.of(timeZone);
    const turn = turnOf(before, after);
    this.tally.add(toCounted(contact, zone), source === 'decision' ? 'decided' : 'logged', before, after, turn);
    if (turn === null) return;
    const make = (): Sample => ({ source, attemptId, at: zone.format(at), caseId, channel, mode, agencyId, ...toAnswers() });
    this.samples.offer(kindOf(turn, before, after), attemptId, make);
  }
}

const kindOf = (turn: Turn, before: Verdict, after: Verdict): string => {
  const { causes } = turn === 'to-refused' ? after : before;
  const first = causes.find(({ severity }) => severity === 'block');
  return `${turn} ${first?.pack} ${first?.ruleId}`;
};

function toCounted(contact: About & { at: number; agencyId: string | null; channel: string; mode: string | null }, zone: Zone): Counted {
  const { agencyId, product, channel, mode, at, overdueSince } = contact;
  const day = zone.format(at).slice(0, 10);
  const overdueDays = overdueSince === null ? null : Math.round((Date.parse(day) - Date.parse(overdueSince)) / DAY_MS);
  return { agencyId, product, channel, mode, overdueDays, day };
}

const toUnplaced = (event: DecisionEvent, { proposed, facts }: ContactInput): LogRow => ({
  attemptId: event.id,
  caseId: event.caseId,
  debtorId: proposed.debtorId ?? '',
  debtId: proposed.debtId,
  partyId: proposed.partyId,
  partyRole: proposed.partyRole,
  contactPoint: proposed.contactPoint,
  channel: proposed.channel,
  mode: proposed.mode,
  purpose: proposed.purpose,
  initiator: 'us',
  agencyId: proposed.agencyId,
  collectorIds: proposed.collectorIds,
  deviceId: proposed.deviceId,
  startedAt: event.at,
  result: 'cancelled',
  timeZone: facts.timeZone,
  line: '',
  file: 0,
  row: 0,
});
