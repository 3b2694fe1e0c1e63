import type { Language } from '../i18n/language.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface WallClock {
  readonly date: string;
  /** Hours and minutes. */
  readonly time: string;
  readonly seconds: string;
  /** Such as `UTC+8`. */
  readonly zone: string;
}

const offsetName = (minutes: number): string => {
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`;
};

/** An instant as the clock on the wall showed it where its offset says: the debtor's or complainant's place, not the reader's. Null when it is none. */
export function wallClock(instant: string): WallClock | null {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::(\d{2}))?[\d.]*(Z|[+-]\d{2}:\d{2})$/.exec(instant);
  if (!match) return null;
  const [, date = '', time = '', seconds = '00', offset = 'Z'] = match;
  const sign = offset.startsWith('-') ? -1 : 1;
  const minutes = offset === 'Z' ? 0 : sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
  return { date, time, seconds, zone: offsetName(minutes) };
}

/** An instant that comes in UTC, in a named zone instead. */
export function inZone(instant: string, timeZone: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const options = {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  } as const;
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-US', options).formatToParts(at).map(({ type, value }) => [type, value]));
  const offset = (parts.timeZoneName ?? 'GMT').replace('GMT', '') || 'Z';
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}${offset}`;
}

/** How far from now, in the reader's words: in the largest unit that is at least one. */
export function relative(instant: string, nowMs: number, language: Language): string {
  const awayMs = Date.parse(instant) - nowMs;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const size = Math.abs(awayMs);
  if (size < MINUTE_MS) return format.format(0, 'second');
  if (size < HOUR_MS) return format.format(Math.trunc(awayMs / MINUTE_MS), 'minute');
  if (size < DAY_MS) return format.format(Math.trunc(awayMs / HOUR_MS), 'hour');
  if (size < 60 * DAY_MS) return format.format(Math.trunc(awayMs / DAY_MS), 'day');
  return format.format(Math.trunc(awayMs / (30 * DAY_MS)), 'month');
}

export interface Left {
  readonly days: number;
  readonly hours: string;
  readonly minutes: string;
  readonly seconds: string;
}

/** What is left until an instant; null when it has come. A begun second counts as a whole one, so that zero is reached when it is over. */
export function leftUntil(instant: string, nowMs: number): Left | null {
  const seconds = Math.ceil((Date.parse(instant) - nowMs) / 1000);
  if (!(seconds > 0)) return null;
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    days: Math.floor(seconds / 86_400),
    hours: two(Math.floor((seconds % 86_400) / 3600)),
    minutes: two(Math.floor((seconds % 3600) / 60)),
    seconds: two(seconds % 60),
  };
}

/** Whole days from a local date to today in a zone. */
export function daysSince(date: string, nowMs: number, timeZone: string): number {
  const today = inZone(new Date(nowMs).toISOString(), timeZone).slice(0, 10);
  return Math.round((Date.parse(today) - Date.parse(date)) / DAY_MS);
}

/** Where the reader is: for what is no debtor's, such as when a job began. */
export const READER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
