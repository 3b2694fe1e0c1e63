import type { Calendars } from '../calendar/stored-calendars.ts';
import type { DueColumns } from './complaint.record.ts';
import { answerAt, dueColumns } from './ledger.ts';
import type { OpenLedger } from './open-ledger.store.ts';

/** What a column says, and what it should say. */
type Values = Readonly<Record<string, unknown>>;
export interface Difference {
  readonly before: Values;
  readonly after: Values;
}

/** What follows from the ledger by the calendar that the institution has. */
export const expectedOf = (one: OpenLedger, calendars: Calendars, now: Date): DueColumns =>
  dueColumns(one, one.events, answerAt(one, one.events, now, calendars));

const shown = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

/** Null when the columns say what the ledger says. A term that has just ended is marked by the sweep, which is not late before it has run. */
export function differenceOf(one: OpenLedger, calendars: Calendars, now: Date): Difference | null {
  const expected = expectedOf(one, calendars, now);
  const isToBeSwept = one.state === 'running' && expected.state === 'missed' && expected.closedAt === null;
  const after: Values = {
    ...expected,
    state: isToBeSwept ? one.state : expected.state,
    ledgerVersion: one.events.length,
    wakeAt: one.nextWakeAt,
  };
  const before = one as unknown as Values;
  const differing = Object.keys(after).filter((name) => shown(before[name]) !== shown(after[name]));
  if (differing.length === 0) return null;
  // When to wake follows from the others: it is told of where it is wrong alone.
  const wrong = differing.length === 1 ? differing : differing.filter((name) => name !== 'wakeAt');
  const pick = (values: Values): Values => Object.fromEntries(wrong.map((name) => [name, shown(values[name])]));
  return { before: pick(before), after: pick(after) };
}
