import type { CalendarYear } from '#clock-rules';

const DAY_MS = 86_400_000;

export const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());

/** Every date of a year. */
export function datesOf(year: number): string[] {
  const first = Date.parse(`${year}-01-01T00:00:00Z`);
  const count = (Date.parse(`${year + 1}-01-01T00:00:00Z`) - first) / DAY_MS;
  return Array.from({ length: count }, (_none, day) => new Date(first + day * DAY_MS).toISOString().slice(0, 10));
}

/** Null: nobody has published the year, so that its weekends are taken as off. */
type Known = Pick<CalendarYear, 'daysOff' | 'makeUpDays'> | null;

const workingIn = (year: Known): ((date: string) => boolean) => {
  const [off, madeUp] = [new Set(year?.daysOff), new Set(year?.makeUpDays)];
  return (date) => madeUp.has(date) || !(isWeekend(date) || off.has(date));
};

export interface DayChange {
  readonly date: string;
  readonly works: boolean;
}

/** The days that are worked in one of the two and not in the other. */
export function workChanges(year: number, before: Known, after: Known): DayChange[] {
  const [worked, works] = [workingIn(before), workingIn(after)];
  return datesOf(year).flatMap((date) => (worked(date) === works(date) ? [] : [{ date, works: works(date) }]));
}

/** The days on which a date may rest that is another now: with a year that was not known before, all of them, as nothing of it is provisional any more. */
export const changedDays = (year: number, before: Known, after: Known): string[] =>
  before === null ? datesOf(year) : workChanges(year, before, after).map(({ date }) => date);
