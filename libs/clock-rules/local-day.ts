import { DAY_MS, type Zone } from '#contact-rules';

/** A local date as a number: days since 1970-01-01. Adding is then plain arithmetic, and no machine's zone has a say. */
export type LocalDay = number;

export const toLocalDay = (date: string): LocalDay => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

export const toDate = (day: LocalDay): string => new Date(day * DAY_MS).toISOString().replace(/T.*$/, '');

/** The local date on which the instant lies. */
export const localDayOf = (zone: Zone, ms: number): LocalDay => Math.floor((ms + zone.offsetAt(ms)) / DAY_MS);

/** The instant at which the local date ends: the first of the next. */
export function endOf(zone: Zone, day: LocalDay): number {
  // By its noon: midnight may not exist, or twice.
  const noon = (day + 1) * DAY_MS + DAY_MS / 2;
  return zone.dayStart(noon - zone.offsetAt(noon));
}
