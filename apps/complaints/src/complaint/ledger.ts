import { evaluateClock, findClockPack, type ClockAnswer, type ClockEvent, type ClockPack, type Rejection } from '#clock-rules';
import { Zone } from '#contact-rules';
import { isInstant, isLocalDate } from '#wire';
import type { DueColumns } from './complaint.record.ts';

export const DEFAULT_CLOCK_PACK = 'cn-banking-2020';

/** What the clock of a complaint begins with. */
export interface ClockStart {
  readonly pack: string;
  readonly timeZone: string;
  readonly receivedAt: Date;
}

/** The newest version of a pack. Throws Error for a name that is none: validate first. */
export function clockPack(name: string): ClockPack {
  const pack = findClockPack(name);
  if (!pack) throw new Error(`there is no clock pack ${name}`);
  return pack;
}

/** What the events say at an instant; those that are later are left out. */
export function answerAt(start: ClockStart, events: readonly ClockEvent[], at: Date): ClockAnswer {
  const upTo = events.filter((event) => Date.parse(event.at) <= at.getTime());
  const receivedAt = start.receivedAt.toISOString();
  return evaluateClock(
    { pack: start.pack, timeZone: start.timeZone, receivedAt, at: at.toISOString(), events: upTo },
    clockPack(start.pack),
  );
}

/** Whether the dates can be written: the year 9999 is the last. */
export const isWritable = ({ dueOn, dueAt }: ClockAnswer): boolean => isLocalDate(dueOn) && isInstant(dueAt);

const CLOSING: ReadonlySet<ClockEvent['type']> = new Set(['told', 'withdrawn', 'declined', 'outcome-recorded', 'merged']);

/** The columns that follow from a ledger, all of whose events are accepted. */
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

/** Judges a new event against a ledger in which all are accepted. */
export function judgeEvent(start: ClockStart, events: readonly ClockEvent[], added: ClockEvent, now: Date): Verdict {
  const answer = answerAt(start, [...events, added], now);
  const ofItself = answer.rejected.find(({ index }) => index === events.length);
  if (ofItself) return { rejected: { code: ofItself.code, source: ofItself.source } };
  // What happened before something else that is on record must leave that possible.
  if (answer.rejected.length > 0) return { rejected: { code: CONTRADICTS, source: 'product' } };
  return { answer };
}
