import { findClockPack, yearsAskedBy, CLOCK_PACK_NAMES, type Calendar, type ClockAnswer } from '#clock-rules';
import { answerAt } from '../complaint/ledger.ts';
import type { OpenLedger } from '../complaint/open-ledger.store.ts';
import { asksCalendar } from './stored-calendars.ts';

/** The packs of a country whose dates ask its calendar at all. */
export const packsAsking = (country: string): string[] =>
  CLOCK_PACK_NAMES.filter((name) => asksCalendar(name) && findClockPack(name)?.country === country);

/** Whether the date of the clock rests on the year. One that does not is the same, however the year is corrected. */
export function asksYear(one: OpenLedger, year: number, calendar: Calendar, now: Date): boolean {
  const pack = findClockPack(one.pack);
  const input = { ...one, receivedAt: one.receivedAt.toISOString(), at: now.toISOString() };
  return pack !== undefined && yearsAskedBy(input, pack, calendar).has(year);
}

/** An event that had been accepted and lies outside its term by another calendar. */
export interface Conflict {
  readonly type: string;
  readonly at: string;
  readonly code: string;
  readonly source: string;
}

export function conflictsOf(one: OpenLedger, { rejected }: Pick<ClockAnswer, 'rejected'>): Conflict[] {
  return rejected.flatMap(({ index, code, source }) => {
    const event = one.events[index];
    return event ? [{ type: event.type, at: event.at, code, source }] : [];
  });
}

export const answerOf = (one: OpenLedger, calendar: Calendar, now: Date): ClockAnswer => answerAt(one, one.events, now, calendar);
