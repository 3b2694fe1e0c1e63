import { weighted, type Chance } from './chance.ts';
import {
  addressOf,
  agencyIds,
  agencyOf,
  caseIndexesOf,
  collectorsOf,
  emailOf,
  numbersOf,
  relatedNumberOf,
  timeZoneOf,
  type AgencyId,
  type Collector,
  type PartyRole,
} from './institution.ts';

/** The faults that the log has on purpose, named by the rule that finds them. `party-stop` rows also break `party-lost`. */
export type Breach =
  'quiet-hours' | 'burst' | 'attempts-per-point' | 'conversations-per-debtor' | 'party-target' | 'party-stop' | 'visit-team';

/** Of a thousand debtors called on a day, this many meet the fault (fewer where it needs a relative or an address that the debtor lacks): about one in seventy in all. */
export const breachesPerMille: readonly (readonly [Breach, number])[] = [
  ['quiet-hours', 4],
  ['burst', 2],
  ['attempts-per-point', 1],
  ['conversations-per-debtor', 1],
  ['party-target', 2],
  ['party-stop', 1],
  ['visit-team', 4],
];

export interface Planned {
  readonly debtorIndex: number;
  readonly caseIndex: number;
  readonly partyRole: PartyRole;
  readonly contactPoint: string;
  readonly channel: 'voice' | 'sms' | 'email' | 'letter' | 'visit';
  readonly mode: 'informational' | 'interactive';
  readonly purpose: 'collect' | 'remind' | 'relay';
  readonly initiator: 'us' | 'them';
  readonly collector: Collector;
  readonly companion: Collector | null;
  /** Since midnight, China time. */
  readonly startSecond: number;
  readonly lastsSeconds: number;
  readonly result: string;
  readonly breach: Breach | null;
}

export interface SessionOptions {
  readonly chance: Chance;
  readonly debtorIndex: number;
  readonly cases: number;
  readonly mayBreach: boolean;
}

/** No debtor has more rows in a day. */
export const MOST_OF_SESSION = 8;

const HOUR = 3600;
const hours = weighted([
  [8, 3],
  [9, 9],
  [10, 12],
  [11, 10],
  [12, 4],
  [13, 5],
  [14, 10],
  [15, 11],
  [16, 10],
  [17, 8],
  [18, 6],
  [19, 7],
  [20, 4],
]);
// At work few pick up; in the evening more do.
const officeResults = weighted([
  ['no-answer', 46],
  ['busy', 13],
  ['voicemail', 6],
  ['not-in-service', 6],
  ['invalid-number', 3],
  ['answered', 16],
  ['conversation', 10],
]);
const eveningResults = weighted([
  ['no-answer', 40],
  ['busy', 11],
  ['voicemail', 6],
  ['not-in-service', 5],
  ['invalid-number', 2],
  ['answered', 17],
  ['conversation', 19],
]);
const unanswered = weighted([
  ['no-answer', 7],
  ['busy', 2],
  ['voicemail', 1],
]);
const lengths: Readonly<Record<string, readonly [number, number]>> = {
  'no-answer': [20, 45],
  busy: [2, 6],
  voicemail: [15, 40],
  'not-in-service': [3, 8],
  'invalid-number': [2, 5],
  answered: [5, 30],
  conversation: [45, 420],
  refused: [10, 60],
};

/** What one debtor sees in one day. */
class Session {
  readonly debtorIndex: number;
  readonly numbers: readonly string[];
  private readonly caseIndex: number;
  private readonly tooEarly: boolean;

  constructor(
    private readonly into: Planned[],
    private readonly options: SessionOptions,
  ) {
    this.debtorIndex = options.debtorIndex;
    this.numbers = numbersOf(options.debtorIndex);
    this.tooEarly = timeZoneOf(options.debtorIndex) !== 'Asia/Shanghai';
    this.caseIndex = options.chance.pick(caseIndexesOf(options.debtorIndex, options.cases));
  }

  add(row: Partial<Planned> & Pick<Planned, 'startSecond' | 'result'>, agencyId: AgencyId | null = agencyOf(this.caseIndex)): void {
    const { chance, debtorIndex } = this.options;
    const [least, most] = lengths[row.result] ?? [1, 3];
    this.into.push({
      debtorIndex,
      caseIndex: this.caseIndex,
      partyRole: 'debtor',
      contactPoint: this.numbers[0] ?? '',
      channel: 'voice',
      mode: 'interactive',
      purpose: 'collect',
      initiator: 'us',
      collector: chance.pick(collectorsOf(agencyId)),
      companion: null,
      lastsSeconds: chance.between(least, most),
      ...row,
      // Everyone is called by China time; where the debtor's clock is two hours behind, the morning's calls are too early.
      breach: row.breach ?? (this.tooEarly && row.startSecond < 10 * HOUR && reachesAtOnce(row) ? 'quiet-hours' : null),
    });
  }
}

const reachesAtOnce = (row: Partial<Planned>): boolean => row.channel !== 'email' && row.channel !== 'letter' && row.initiator !== 'them';

/** Adds the rows of one debtor's day, in no order. */
export function planSession(into: Planned[], options: SessionOptions): void {
  const session = new Session(into, options);
  const breach = options.mayBreach ? chooseBreach(options.chance) : null;
  if (breach !== null && planBreach(session, options.chance, breach)) return;
  planOrdinary(session, options.chance);
}

function chooseBreach(chance: Chance): Breach | null {
  let drawn = chance.between(1, 1000);
  for (const [breach, perMille] of breachesPerMille) {
    drawn -= perMille;
    if (drawn <= 0) return breach;
  }
  return null;
}

const anyTime = (chance: Chance): number => chance.pick(hours) * HOUR + chance.between(0, HOUR - 1);

function planOrdinary(session: Session, chance: Chance): void {
  const kind = chance.between(1, 100);
  if (kind <= 2) {
    session.add({ startSecond: anyTime(chance), result: 'conversation', initiator: 'them' });
  } else if (kind <= 10) {
    const result = chance.hits(930) ? 'delivered' : 'failed';
    session.add({ startSecond: anyTime(chance), result, channel: 'sms', mode: 'informational', purpose: 'remind' });
  } else if (kind <= 12) {
    planWritten(session, chance);
  } else {
    planCalls(session, chance);
  }
}

function planWritten(session: Session, chance: Chance): void {
  const email = emailOf(session.debtorIndex);
  const address = addressOf(session.debtorIndex);
  const startSecond = chance.between(9 * HOUR, 17 * HOUR);
  if (email !== '') {
    session.add({ startSecond, result: 'delivered', channel: 'email', contactPoint: email, mode: 'informational', purpose: 'remind' });
  } else if (address !== '' && chance.hits(300)) {
    planVisit(session, chance, address, null);
  } else if (address !== '') {
    session.add({ startSecond, result: 'delivered', channel: 'letter', contactPoint: address, mode: 'informational', purpose: 'remind' });
  } else {
    planCalls(session, chance);
  }
}

function planVisit(session: Session, chance: Chance, address: string, breach: Breach | null): void {
  const bank = collectorsOf(null);
  const first = chance.between(0, bank.length - 1);
  const collector = bank[first];
  const companion = breach === null ? (bank[(first + 1) % bank.length] ?? null) : null;
  const result = chance.hits(500) ? 'conversation' : 'no-answer';
  const lastsSeconds = chance.between(300, 2400);
  const startSecond = chance.between(9 * HOUR, 18 * HOUR);
  const row = { startSecond, result, channel: 'visit', contactPoint: address, companion, lastsSeconds, breach } as const;
  session.add(collector === undefined ? row : { ...row, collector }, null);
}

/** One to five calls at least 25 minutes apart (so never four in an hour), over as soon as there was a conversation. */
function planCalls(session: Session, chance: Chance): void {
  const calls = chance.pick([1, 1, 2, 2, 2, 3, 3, 4, 5]);
  const { numbers } = session;
  const mode = chance.hits(150) ? 'informational' : 'interactive';
  let at = anyTime(chance);
  for (let call = 0; call < calls && at < 21 * HOUR + 1800; call += 1) {
    const result = chance.pick(at >= 18 * HOUR ? eveningResults : officeResults);
    // Most calls go to the mobile, which stands first.
    const contactPoint = (chance.hits(700) ? numbers[0] : chance.pick(numbers)) ?? '';
    // Three informational calls a day may be answered; one is enough here.
    session.add({ startSecond: at, result, mode, purpose: mode === 'informational' ? 'remind' : 'collect', contactPoint });
    if (result === 'conversation' || result === 'answered') return;
    at += chance.between(1500, 3 * HOUR);
  }
}

/** False where this debtor has not what the fault needs. */
function planBreach(session: Session, chance: Chance, breach: Breach): boolean {
  const related = relatedNumberOf(session.debtorIndex);
  switch (breach) {
    case 'quiet-hours': {
      const startSecond = chance.hits(600) ? chance.between(22 * HOUR, 23 * HOUR + 1800) : chance.between(6 * HOUR, 8 * HOUR - 1);
      session.add({ startSecond, result: chance.pick(eveningResults), breach });
      return true;
    }
    case 'burst': {
      const from = chance.between(9 * HOUR, 19 * HOUR);
      for (let call = 0; call < 5; call += 1)
        session.add({ startSecond: from + call * 540 + chance.between(0, 300), result: chance.pick(unanswered), breach });
      return true;
    }
    case 'attempts-per-point': {
      const from = chance.between(8 * HOUR, 9 * HOUR);
      for (let call = 0; call < MOST_OF_SESSION; call += 1) {
        const startSecond = from + call * 5400 + chance.between(0, 900);
        // The agencies do not see each other's calls.
        session.add({ startSecond, result: chance.pick(unanswered), breach }, agencyIds[call % agencyIds.length] ?? null);
      }
      return true;
    }
    case 'conversations-per-debtor': {
      const from = chance.between(8 * HOUR, 10 * HOUR);
      for (let call = 0; call < 4; call += 1)
        session.add({ startSecond: from + call * 2 * HOUR + chance.between(0, 1800), result: 'conversation', breach });
      return true;
    }
    case 'party-target':
      if (related === '') return false;
      session.add({
        startSecond: anyTime(chance),
        result: chance.pick(['answered', 'conversation', 'no-answer']),
        partyRole: 'related',
        contactPoint: related,
        breach,
      });
      return true;
    case 'party-stop': {
      if (related === '') return false;
      const from = chance.between(9 * HOUR, 14 * HOUR);
      session.add({ startSecond: from, result: 'refused', partyRole: 'related', contactPoint: related, purpose: 'relay', breach });
      session.add({
        startSecond: from + chance.between(HOUR, 4 * HOUR),
        result: 'no-answer',
        partyRole: 'related',
        contactPoint: related,
        purpose: 'relay',
        breach,
      });
      return true;
    }
    case 'visit-team': {
      const address = addressOf(session.debtorIndex);
      if (address === '') return false;
      planVisit(session, chance, address, breach);
      return true;
    }
  }
}
