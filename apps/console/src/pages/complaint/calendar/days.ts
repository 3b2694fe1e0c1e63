// What a day of a year is, and what it becomes when it is pressed.

export const DAY_KINDS = ['work', 'weekend', 'holiday', 'make-up'] as const;
export type DayKind = (typeof DAY_KINDS)[number];

export interface YearDays {
  readonly daysOff: readonly string[];
  readonly makeUpDays: readonly string[];
}

const DAY_MS = 86_400_000;
const DAYS_OF_WEEK = 7;
const MONTHS = 12;
const utc = (date: string): Date => new Date(`${date}T00:00:00Z`);
const isWeekend = (date: string): boolean => [0, 6].includes(utc(date).getUTCDay());

export function kindOf(date: string, { daysOff, makeUpDays }: YearDays): DayKind {
  if (makeUpDays.includes(date)) return 'make-up';
  if (daysOff.includes(date)) return 'holiday';
  return isWeekend(date) ? 'weekend' : 'work';
}

const without = (dates: readonly string[], date: string): string[] => dates.filter((one) => one !== date);

/** A weekday becomes a holiday and back; a day of a weekend becomes one that is worked and back. */
export function toggled(date: string, days: YearDays): YearDays {
  const { daysOff, makeUpDays } = days;
  if (!isWeekend(date)) return { makeUpDays, daysOff: daysOff.includes(date) ? without(daysOff, date) : [...daysOff, date].toSorted() };
  return makeUpDays.includes(date)
    ? { daysOff, makeUpDays: without(makeUpDays, date) }
    : { daysOff: without(daysOff, date), makeUpDays: [...makeUpDays, date].toSorted() };
}

export interface Month {
  /** 1 to 12. */
  readonly month: number;
  /** How many cells of the first week, which begins on Monday, lie before it. */
  readonly before: number;
  readonly dates: readonly string[];
}

export function monthsOf(year: number): Month[] {
  return Array.from({ length: MONTHS }, (_none, index) => {
    const [first, next] = [Date.UTC(year, index, 1), Date.UTC(year, index + 1, 1)];
    const dates = Array.from({ length: (next - first) / DAY_MS }, (_day, day) => new Date(first + day * DAY_MS).toISOString().slice(0, 10));
    return { month: index + 1, before: (new Date(first).getUTCDay() + DAYS_OF_WEEK - 1) % DAYS_OF_WEEK, dates };
  });
}
