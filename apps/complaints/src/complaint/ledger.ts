import {
  evaluateClock,
  findClockPack,
  yearsAskedBy,
  type ClockAnswer,
  type ClockEvent,
  type ClockPack,
  type Matter,
  type Rejection,
} from '#clock-rules';
import { Zone } from '#contact-rules';
import { isInstant, isLocalDate } from '#wire';
import type { Calendars } from '../calendar/stored-calendars.ts';
import type { DueColumns } from './complaint.record.ts';

/** What the clock of a complaint begins with. */
export interface ClockStart {
  readonly pack: string;
  readonly matter: Matter | null;
  readonly timeZone: string;
  readonly receivedAt: Date;
}

/** The newest version of a pack. Throws Error for a name that is none: validate first. */
export function clockPack(name: string): ClockPack {
  const pack = findClockPack(name);
  if (!pack) throw new Error(`there is no clock pack ${name}`);
  return pack;
}

const earliest = (events: readonly ClockEvent[], wanted: (type: ClockEvent['type']) => boolean): Date | null => {
  const times = events.filter(({ type }) => wanted(type)).map(({ at }) => Date.parse(at));
  return times.length === 0 ? null : new Date(Math.min(...times));
};

/** From when on no calendar moves the clock any more: what was decided in time by the calendar of its day stays so. Null: not yet. */
const settledAt = (events: readonly ClockEvent[]): Date | null =>
  earliest(events, (type) => type === 'decided') ?? earliest(events, (type) => CLOSING.has(type));

/** What the clock is asked at an instant, and by which calendar of the institution; events that are later are left out. */
function questionAt(start: ClockStart, events: readonly ClockEvent[], at: Date, calendars: Calendars) {
  const upTo = events.filter((event) => Date.parse(event.at) <= at.getTime());
  const receivedAt = start.receivedAt.toISOString();
  const { timeZone, matter } = start;
  const pack = clockPack(start.pack);
  const input = { pack: pack.pack, timeZone, matter, receivedAt, at: at.toISOString(), events: upTo };
  return { input, pack, calendar: calendars.of(pack.country, settledAt(events)) };
}

/** What the events say at an instant by the calendars of the institution; those that are later are left out. */
export function answerAt(start: ClockStart, events: readonly ClockEvent[], at: Date, calendars: Calendars): ClockAnswer {
  const { input, pack, calendar } = questionAt(start, events, at, calendars);
  return evaluateClock(input, pack, calendar);
}

/** All that it takes to ask the clock again without us: the question, the years of the calendar on which the answer rests, and the answer. */
export function clockEvidence(start: ClockStart, events: readonly ClockEvent[], at: Date, calendars: Calendars) {
  const { input, pack, calendar } = questionAt(start, events, at, calendars);
  const years = [...yearsAskedBy(input, pack, calendar)].filter((year) => calendar.publishedYears.has(year)).toSorted((a, b) => a - b);
  const of = (days: ReadonlySet<string>, year: number): string[] => [...days].filter((day) => day.startsWith(`${year}-`)).toSorted();
  return {
    input,
    calendar: {
      country: calendar.country,
      years: years.map((year) => ({ year, daysOff: of(calendar.daysOff, year), makeUpDays: of(calendar.makeUpDays, year) })),
    },
    answer: evaluateClock(input, pack, calendar),
  };
}

/** Whether the dates can be written: the year 9999 is the last. */
export const isWritable = ({ dueOn, dueAt }: ClockAnswer): boolean => isLocalDate(dueOn) && isInstant(dueAt);

const CLOSING: ReadonlySet<ClockEvent['type']> = new Set(['told', 'withdrawn', 'declined', 'outcome-recorded', 'merged']);

/** The columns that follow from a ledger. */
export function dueColumns(start: ClockStart, events: readonly ClockEvent[], answer: ClockAnswer): DueColumns {
  const zone = Zone.of(start.timeZone);
  const last = (wanted: (type: ClockEvent['type']) => boolean): Date | null => {
    const times = events.filter(({ type }) => wanted(type)).map(({ at }) => Date.parse(at));
    return times.length === 0 ? null : new Date(Math.max(...times));
  };
  const began = last((type) => type === 'new-facts') ?? start.receivedAt;
  return {
    state: answer.state,
    termId: answer.termId,
    day0: zone.format(began.getTime()).slice(0, 10),
    dueOn: answer.dueOn,
    dueAt: new Date(answer.dueAt),
    provisional: answer.provisional,
    decidedAt: last((type) => type === 'decided'),
    toldAt: last((type) => type === 'told'),
    // Met, withdrawn, declined and merged are over; so is what was missed and answered all the same.
    closedAt: last((type) => CLOSING.has(type)),
  };
}

/** Why the rules do not allow an event: what they say of it, or that it would undo one that was accepted before. */
export type Verdict =
  | { readonly answer: ClockAnswer }
  | { readonly rejected: Pick<Rejection, 'source'> & { readonly code: Rejection['code'] | typeof CONTRADICTS } };

export const CONTRADICTS = 'contradicts-later-event';

/** Judges a new event against a ledger of those that were accepted. */
export function judgeEvent(start: ClockStart, events: readonly ClockEvent[], added: ClockEvent, now: Date, calendars: Calendars): Verdict {
  const answer = answerAt(start, [...events, added], now, calendars);
  const ofItself = answer.rejected.find(({ index }) => index === events.length);
  if (ofItself) return { rejected: { code: ofItself.code, source: ofItself.source } };
  // What happened before something else that is on record must leave that possible.
  if (answer.rejected.length > 0) {
    // What a corrected calendar has put outside its term is no fault of the new event.
    const before = new Set(answerAt(start, events, now, calendars).rejected.map(({ index }) => index));
    if (answer.rejected.some(({ index }) => !before.has(index))) return { rejected: { code: CONTRADICTS, source: 'product' } };
  }
  return { answer };
}
