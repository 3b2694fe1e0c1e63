import {
  calendarFrom,
  calendarOf,
  countsWorkingDays,
  findClockPack,
  PUBLISHED_CALENDARS,
  type Calendar,
  type CalendarYear,
} from '#clock-rules';
import type { Tx } from '#pg';

/** A year as an institution published it. */
export interface PublishedYear extends CalendarYear {
  readonly country: string;
  readonly version: number;
  readonly publishedAt: Date;
}

/** The calendars of one institution, as they are and as they were. */
export class Calendars {
  private readonly built = new Map<string, Calendar>();

  /** In the order in which they were published. */
  constructor(private readonly years: readonly PublishedYear[]) {}

  /** As it holds; for what was settled at an instant, as it held until then. Throws RangeError for a country without a calendar. */
  of(country: string, settledAt: Date | null = null): Calendar {
    const own = this.years.filter((one) => one.country === country && (settledAt === null || one.publishedAt < settledAt));
    if (own.length === 0) return calendarOf(country);
    const key = `${country} ${own.length}`;
    const known = this.built.get(key) ?? calendarFrom(country, [...deliveredYears(country), ...own]);
    this.built.set(key, known);
    return known;
  }

  /** The version that holds for a year; null: as it comes with Forbear, if it does. */
  holding(country: string, year: number): PublishedYear | null {
    return this.years.findLast((one) => one.country === country && one.year === year) ?? null;
  }

  /** The year as it holds; null: nobody has published it. */
  year(country: string, year: number): CalendarYear | null {
    return this.holding(country, year) ?? deliveredYears(country).find((one) => one.year === year) ?? null;
  }

  /** These with one more. */
  with(year: PublishedYear): Calendars {
    return new Calendars([...this.years, year]);
  }
}

/** As they come with Forbear. */
export const DELIVERED = new Calendars([]);

const deliveredYears = (country: string): readonly CalendarYear[] =>
  PUBLISHED_CALENDARS.find((one) => one.country === country)?.years ?? [];

/** Whether any date of the pack depends on which days are worked. */
export function asksCalendar(name: string): boolean {
  const pack = findClockPack(name);
  return pack !== undefined && countsWorkingDays(pack);
}

/** Those of an institution. */
export async function calendarsOf(tx: Tx, institutionId: string): Promise<Calendars> {
  return (await calendarsOfAll(tx, [institutionId]))(institutionId);
}

/** Those of several. */
export async function calendarsOfAll(tx: Tx, institutionIds: readonly string[]): Promise<(institutionId: string) => Calendars> {
  const rows = await tx.query<PublishedYear & { readonly institutionId: string }>(
    `select institution_id as "institutionId", country, year, version, days_off as "daysOff", make_up_days as "makeUpDays", settled_at as "publishedAt"
     from calendar_version where institution_id = any($1) and state = 'published' order by settled_at, id`,
    [institutionIds],
  );
  const found = new Map([...Map.groupBy(rows, (row) => row.institutionId)].map(([id, years]) => [id, new Calendars(years)]));
  return (institutionId) => found.get(institutionId) ?? DELIVERED;
}

/** Those that the clocks of these packs ask. Where none does, none is read. */
export async function calendarsFor(tx: Tx, institutionId: string, packs: readonly string[]): Promise<Calendars> {
  return packs.some(asksCalendar) ? calendarsOf(tx, institutionId) : DELIVERED;
}

/**
 * Those of an institution to write a date by them: until the transaction ends it publishes no year, so that what is written is either by the new year, or
 * there for its job to find.
 */
export async function sharedCalendars(tx: Tx, institutionId: string): Promise<Calendars> {
  await tx.query(`select pg_advisory_xact_lock_shared(${LOCK})`, [institutionId]);
  return calendarsOf(tx, institutionId);
}

/** The same for clocks of these packs. Where none asks a calendar, none is read. */
export async function calendarsToWrite(tx: Tx, institutionId: string, packs: readonly string[]): Promise<Calendars> {
  return packs.some(asksCalendar) ? sharedCalendars(tx, institutionId) : DELIVERED;
}

/** For who publishes a year: nobody writes a date by the calendars meanwhile. */
export async function lockCalendars(tx: Tx, institutionId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(${LOCK})`, [institutionId]);
}

const LOCK = `hashtextextended('calendar ' || $1, 0)`;
