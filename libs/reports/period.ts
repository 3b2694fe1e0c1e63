import { INVALID, Refusal } from '#problem';

const DAY_MS = 86_400_000;

/** Local dates, both inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The longest period of a report: a leap year. */
export const MAX_DAYS = 366;

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
const dateOf = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);

/** How many days later the second date is. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

export const daysOf = ({ from, to }: Period): number => daysBetween(from, to) + 1;

/** Every date of the period. */
export const datesOf = (period: Period): string[] =>
  Array.from({ length: Math.max(0, daysOf(period)) }, (_, index) => dateOf(dayNumber(period.from) + index));

export const nextDate = (date: string): string => dateOf(dayNumber(date) + 1);

/** The calendar month before the one in which the date lies. */
export function monthBefore(date: string): Period {
  const first = `${date.slice(0, 8)}01`;
  const to = dateOf(dayNumber(first) - 1);
  return { from: `${to.slice(0, 8)}01`, to };
}

/** A period that was asked for. Refuses with INVALID: the wrong way round, or more days than so many. */
export function periodOf({ from, to }: Period, mostDays = MAX_DAYS): Period {
  const wrong = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });
  if (from > to) throw wrong('/to', 'must not lie before from');
  if (daysOf({ from, to }) > mostDays) throw wrong('/to', `must be at most ${mostDays} days from from`);
  return { from, to };
}

const firstOfMonth = (date: string): string => `${date.slice(0, 8)}01`;

/** The period of the same length before it: so many calendar months where it is whole ones, else so many days. */
export function periodBefore({ from, to }: Period): Period {
  const end = dateOf(dayNumber(from) - 1);
  const isWholeMonths = from === firstOfMonth(from) && nextDate(to) === firstOfMonth(nextDate(to));
  if (!isWholeMonths) return { from: dateOf(dayNumber(from) - daysOf({ from, to })), to: end };
  let first = from;
  for (const _month of monthsOf({ from, to })) first = monthBefore(first).from;
  return { from: first, to: end };
}

/** The calendar months that it touches, as `YYYY-MM`. */
export const monthsOf = (period: Period): string[] => [...new Set(datesOf(period).map((date) => date.slice(0, 7)))];
