import { Zone } from '#contact-rules';
import { nextDate, type Period } from '../period.ts';

export const FREQUENCIES = ['monthly', 'quarterly', 'yearly'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

const MONTHS: Readonly<Record<Frequency, number>> = { monthly: 1, quarterly: 3, yearly: 12 };

const dateOf = (year: number, month: number, day: number): string => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** The month, quarter or year of the calendar in which the date lies. */
export function periodAround(frequency: Frequency, date: string): Period {
  const months = MONTHS[frequency];
  const [year = 0, month = 1] = date.split('-').map(Number);
  const first = month - 1 - ((month - 1) % months);
  // The day before the first of the month after.
  return { from: dateOf(year, first, 1), to: dateOf(year, first + months, 0) };
}

export const periodAfter = (frequency: Frequency, { to }: Period): Period => periodAround(frequency, nextDate(to));

/** When the period is reported on: as the day begins in the zone that lies so many days after its end. */
export function runAt({ to }: Period, delayDays: number, timeZone: string): Date {
  let day = nextDate(to);
  for (let later = 0; later < delayDays; later += 1) day = nextDate(day);
  return new Date(Zone.of(timeZone).dateStart(day));
}

/** The local date in the zone. */
export const localDate = (now: Date, timeZone: string): string =>
  Zone.of(timeZone)
    .format(Math.floor(now.getTime() / 1000) * 1000)
    .slice(0, 10);

// What a schedule owes after years without a worker is made in several goes.
const MOST_AT_ONCE = 60;

export interface Owed {
  /** The periods that are over and not reported on yet, the oldest first. */
  readonly due: readonly Period[];
  readonly next: Period;
}

/** What is owed at an instant, from the next period on. */
export function owedAt(frequency: Frequency, next: Period, delayDays: number, timeZone: string, now: Date): Owed {
  const due: Period[] = [];
  let period = next;
  while (due.length < MOST_AT_ONCE && runAt(period, delayDays, timeZone) <= now) {
    due.push(period);
    period = periodAfter(frequency, period);
  }
  return { due, next: period };
}
