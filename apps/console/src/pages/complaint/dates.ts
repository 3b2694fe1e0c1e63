// Local dates as `YYYY-MM-DD` and instants as the services write them, with the offset of the complaint's own zone:
// what a person reads is that zone's time, wherever the browser is.

const MS_PER_DAY = 86_400_000;

/** Days since 1970-01-01. */
export const dayNumber = (date: string): number => Math.round(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / MS_PER_DAY);

export const dateOfDay = (day: number): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

export const addDays = (date: string, days: number): string => dateOfDay(dayNumber(date) + days);

/** `2026-02-20T10:00:00+08:00` is read as `2026-02-20 10:00`. */
export const localTime = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)}`;

export const localDate = (instant: string): string => instant.slice(0, 10);

/** Without the year where it goes without saying. */
export const shortDate = (date: string): string => date.slice(5, 10);

function partsIn(timeZone: string, at: Date): Map<string, string> {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  return new Map(parts.map((part) => [part.type, part.value]));
}

/** The wall clock of a zone at an instant, as `YYYY-MM-DDTHH:mm:ss`. */
export function wallClock(timeZone: string, at: Date): string {
  const parts = partsIn(timeZone, at);
  const get = (name: string): string => parts.get(name) ?? '00';
  return `${get('year')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}:${get('second')}`;
}

/** The date that it is in a zone. */
export const todayIn = (timeZone: string, at: Date): string => wallClock(timeZone, at).slice(0, 10);

function offsetMinutes(timeZone: string, at: Date): number {
  const seconds = Math.floor(at.getTime() / 1000) * 1000;
  return Math.round((Date.parse(`${wallClock(timeZone, at)}Z`) - seconds) / 60_000);
}

/** RFC 3339 for a wall clock `YYYY-MM-DDTHH:mm[:ss]` of a zone; an hour that occurs twice is its first, one that is skipped the instant after. */
export function instantIn(timeZone: string, wall: string): string {
  const full = wall.length === 16 ? `${wall}:00` : wall;
  const asUtc = Date.parse(`${full}Z`);
  const before = offsetMinutes(timeZone, new Date(asUtc - MS_PER_DAY));
  const after = offsetMinutes(timeZone, new Date(asUtc + MS_PER_DAY));
  const fits = [before, after].find((minutes) => offsetMinutes(timeZone, new Date(asUtc - minutes * 60_000)) === minutes) ?? before;
  const sign = fits < 0 ? '-' : '+';
  const abs = Math.abs(fits);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${full}${sign}${two(Math.floor(abs / 60))}:${two(abs % 60)}`;
}
