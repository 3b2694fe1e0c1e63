import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import china from './calendars/cn.json' with { type: 'json' };
import britain from './calendars/gb.json' with { type: 'json' };
import states from './calendars/us.json' with { type: 'json' };
import { toDate, toLocalDay, type LocalDay } from './local-day.ts';

/**
 * The working days of a country. A year that is not among `publishedYears` is unknown, whatever a library may hold for it: its Saturdays and
 * Sundays are taken as off, and what rests on it is provisional.
 */
export interface Calendar {
  readonly country: string;
  readonly publishedYears: ReadonlySet<number>;
  /** Weekdays that are off, and days of the weekend that are worked (调休), as `YYYY-MM-DD`. */
  readonly daysOff: ReadonlySet<string>;
  readonly makeUpDays: ReadonlySet<string>;
}

/** A day that was found by walking, and whether the walk touched a year that is not published. */
export interface Walk {
  readonly day: LocalDay;
  readonly provisional: boolean;
}

/** One year of a calendar as it was published: weekdays that are off, and days of the weekend that are worked. */
export interface CalendarYear {
  readonly year: number;
  readonly daysOff: readonly string[];
  readonly makeUpDays: readonly string[];
}

/** The calendars that come with Forbear. */
export interface PublishedCalendar {
  readonly country: string;
  /** Who publishes it. */
  readonly source: string;
  readonly years: readonly CalendarYear[];
}

// The tables of chinese-days and none of its functions: those ask the machine's zone for the weekday, and do not say where their knowledge ends.
const chineseYear = (year: number): CalendarYear => {
  const ofYear = (days: object): string[] => Object.keys(days).filter((date) => date.startsWith(`${year}-`));
  return { year, daysOff: ofYear(chineseDays.holidays), makeUpDays: ofYear(chineseDays.workdays) };
};

const yearsOf = (years: Readonly<Record<string, Omit<CalendarYear, 'year'>>>): CalendarYear[] =>
  Object.entries(years).map(([year, days]) => ({ year: Number(year), ...days }));

export const PUBLISHED_CALENDARS: readonly PublishedCalendar[] = [
  { country: china.country, source: china.source, years: china.publishedYears.map(chineseYear) },
  { country: britain.country, source: britain.source, years: yearsOf(britain.years) },
  { country: states.country, source: states.source, years: yearsOf(states.years) },
];

/** A working calendar from data: of several times the same year, the last one. */
export function calendarFrom(country: string, years: readonly CalendarYear[]): Calendar {
  const latest = [...new Map(years.map((one) => [one.year, one])).values()];
  return {
    country,
    publishedYears: new Set(latest.map(({ year }) => year)),
    daysOff: new Set(latest.flatMap(({ daysOff }) => daysOff)),
    makeUpDays: new Set(latest.flatMap(({ makeUpDays }) => makeUpDays)),
  };
}

const calendars: ReadonlyMap<string, Calendar> = new Map(
  PUBLISHED_CALENDARS.map(({ country, years }) => [country, calendarFrom(country, years)]),
);

/** As it comes with Forbear. Throws RangeError for a country without a calendar. */
export function calendarOf(country: string): Calendar {
  const calendar = calendars.get(country);
  if (!calendar) throw new RangeError(`there is no working calendar for ${country}`);
  return calendar;
}

// 1970-01-01 was a Thursday: 0 Sunday to 6 Saturday.
const isWeekend = (day: LocalDay): boolean => [0, 6].includes((((day + 4) % 7) + 7) % 7);

function lookUp(day: LocalDay, calendar: Calendar): { works: boolean; known: boolean } {
  const date = toDate(day);
  if (!calendar.publishedYears.has(Number(date.slice(0, -6)))) return { works: !isWeekend(day), known: false };
  return { works: calendar.makeUpDays.has(date) || !(isWeekend(day) || calendar.daysOff.has(date)), known: true };
}

/** The nth working day after the day; the day itself for 0. */
export function walkWorkingDays(from: LocalDay, days: number, calendar: Calendar): Walk {
  let day = from;
  let provisional = false;
  for (let left = days; left > 0;) {
    day += 1;
    const { works, known } = lookUp(day, calendar);
    if (!known) provisional = true;
    if (works) left -= 1;
  }
  return { day, provisional };
}

/** How many working days lie after `from`, up to and including `to`. */
export function countWorkingDays(from: LocalDay, to: LocalDay, calendar: Calendar): number {
  let count = 0;
  for (let day = from + 1; day <= to; day += 1) if (lookUp(day, calendar).works) count += 1;
  return count;
}

/** The nth working day after a local date, and whether a day on the way lies in a year that is not published. */
export function workingDaysAfter(date: string, days: number, calendar: Calendar): { date: string; provisional: boolean } {
  const { day, provisional } = walkWorkingDays(toLocalDay(date), days, calendar);
  return { date: toDate(day), provisional };
}

/** The calendar, and the years that were asked of it since. */
export function watched(calendar: Calendar): { readonly calendar: Calendar; readonly years: ReadonlySet<number> } {
  const years = new Set<number>();
  const publishedYears = new (class extends Set<number> {
    override has(year: number): boolean {
      years.add(year);
      return super.has(year);
    }
  })(calendar.publishedYears);
  return { calendar: { ...calendar, publishedYears }, years };
}
