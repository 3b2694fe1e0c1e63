// Dates on which debtors are left alone, as banks and associations name them.

export interface DateRange {
  readonly from: string;
  readonly to: string;
}

export const PRESETS = ['eve', 'festival', 'exam', 'qingming', 'midAutumn', 'disaster', 'other'] as const;
export type Preset = (typeof PRESETS)[number];

const DAY_MS = 86_400_000;

// GB/T 33661-2017. A table, because what browsers know of the Chinese calendar is a day off in some years, 2027 among them.
const NEW_YEARS = [
  '2026-02-17',
  '2027-02-06',
  '2028-01-26',
  '2029-02-13',
  '2030-02-03',
  '2031-01-23',
  '2032-02-11',
  '2033-01-31',
  '2034-02-19',
  '2035-02-08',
];
const MID_AUTUMNS = [
  '2026-09-25',
  '2027-09-15',
  '2028-10-03',
  '2029-09-22',
  '2030-09-12',
  '2031-10-01',
  '2032-09-19',
  '2033-09-08',
  '2034-09-27',
  '2035-09-16',
];
// The solar term falls on 4 or 5 April; from 2026 to 2042 on the 4th where the year divided by four leaves 0 or 1.
const QINGMING_EARLY = [0, 1];

const plus = (date: string, days: number): string => new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
const day = (date: string): DateRange => ({ from: date, to: date });

function nextYearly(today: string, dates: (year: number) => DateRange): DateRange {
  const year = Number(today.slice(0, 4));
  const range = dates(year);
  return range.to >= today ? range : dates(year + 1);
}

const nextListed = (today: string, listed: readonly DateRange[]): DateRange | null => listed.find(({ to }) => to >= today) ?? null;

/** The dates of a preset that end on or after today, nearest first; null where it has none of its own or the table is over. */
export function presetDates(preset: Preset, today: string): DateRange | null {
  switch (preset) {
    case 'eve':
      return nextListed(
        today,
        NEW_YEARS.map((date) => day(plus(date, -1))),
      );
    case 'festival':
      return nextListed(
        today,
        NEW_YEARS.map((date) => ({ from: plus(date, -1), to: plus(date, 5) })),
      );
    case 'midAutumn':
      return nextListed(today, MID_AUTUMNS.map(day));
    case 'exam':
      return nextYearly(today, (year) => ({ from: `${year}-06-07`, to: `${year}-06-10` }));
    case 'qingming':
      return nextYearly(today, (year) => day(`${year}-04-0${QINGMING_EARLY.includes(year % 4) ? 4 : 5}`));
    case 'disaster':
    case 'other':
      return null;
  }
}
