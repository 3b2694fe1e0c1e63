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

/** A year as it holds: of the version that was published last, 0 as it comes with Forbear. */
export interface HoldingYear extends CalendarYear {
  readonly institutionId: string;
  readonly country: string;
  readonly version: number;
}

/** The calendars of institutions. */
export class StoredCalendars {
  private readonly found = new Map<string, Calendar>();

  constructor(private readonly years: readonly HoldingYear[]) {}

  /** Throws RangeError for a country without a calendar. */
  of(institutionId: string, country: string): Calendar {
    const own = this.years.filter((one) => one.institutionId === institutionId && one.country === country);
    if (own.length === 0) return calendarOf(country);
    const key = `${institutionId} ${country}`;
    const known = this.found.get(key) ?? calendarWith(country, own);
    this.found.set(key, known);
    return known;
  }

  /** That of the pack's country. */
  forPack(institutionId: string, pack: string): Calendar {
    return this.of(institutionId, countryOf(pack));
  }
}

/** The country's calendar as it comes with Forbear, with years in their place. */
export function calendarWith(country: string, years: readonly CalendarYear[]): Calendar {
  const delivered = PUBLISHED_CALENDARS.find((one) => one.country === country)?.years ?? [];
  return calendarFrom(country, [...delivered, ...years]);
}

export function countryOf(name: string): string {
  const pack = findClockPack(name);
  if (!pack) throw new Error(`there is no clock pack ${name}`);
  return pack.country;
}

/** What institutions published themselves, where it holds: all of those that the transaction may see. */
export async function storedCalendars(tx: Tx): Promise<StoredCalendars> {
  const years = await tx.query<HoldingYear>(
    `select distinct on (country, year, institution_id) institution_id as "institutionId", country, year, version, days_off as "daysOff", make_up_days as "makeUpDays"
     from calendar_year where state = 'published' order by country, year, institution_id, version desc`,
  );
  return new StoredCalendars(years);
}

/**
 * Until the transaction ends no year is published: what is registered is either judged by the new year, or is there for its job to find. `alone` for who
 * publishes.
 */
export async function lockCalendars(tx: Tx, institutionId: string, alone = false): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock${alone ? '' : '_shared'}(hashtextextended('calendar ' || $1, 0))`, [institutionId]);
}

/** The calendar that the clock of a complaint asks. Where no date of its pack does, none is read. */
export async function calendarFor(
  tx: Tx,
  { institutionId, pack }: { readonly institutionId: string; readonly pack: string },
): Promise<Calendar> {
  return asksCalendar(pack) ? (await storedCalendars(tx)).forPack(institutionId, pack) : calendarOf(countryOf(pack));
}

export function asksCalendar(name: string): boolean {
  const pack = findClockPack(name);
  return pack !== undefined && countsWorkingDays(pack);
}
