import { Temporal } from 'temporal-polyfill';

export interface LocalTime {
  /** `YYYY-MM-DD` on the wall. */
  readonly date: string;
  /** Milliseconds that the wall clock shows after 00:00. */
  readonly time: number;
}

/** No zone of this century changes its offset elsewhere than on a quarter of an hour, and every test time of day lies on one. */
export const QUARTER_MS = 900_000;
const known = new Map<string, Map<number, LocalTime>>();

/** What a clock on the debtor's wall shows. Asked of Temporal each quarter of an hour once; nothing is reckoned with offsets. */
export function localTime(ms: number, timeZone: string): LocalTime {
  const quarter = Math.floor(ms / QUARTER_MS);
  const quarters = known.get(timeZone) ?? new Map<number, LocalTime>();
  known.set(timeZone, quarters);
  let at = quarters.get(quarter);
  if (!at) {
    const wall = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER_MS)
      .toZonedDateTimeISO(timeZone)
      .toPlainDateTime();
    const time = ((wall.hour * 60 + wall.minute) * 60 + wall.second) * 1000;
    at = { date: wall.toPlainDate().toString(), time };
    quarters.set(quarter, at);
  }
  return { date: at.date, time: at.time + (ms - quarter * QUARTER_MS) };
}

const changes = new Map<string, readonly number[]>();

/** When the clocks of a zone are changed in the year after the instant. */
export function changesAfter(ms: number, timeZone: string): readonly number[] {
  const key = `${timeZone} ${ms}`;
  const found = changes.get(key);
  if (found) return found;
  const first = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).getTimeZoneTransition('next');
  const both = [first, first?.getTimeZoneTransition('next')].flatMap((one) => one?.epochMilliseconds ?? []);
  changes.set(key, both);
  return both;
}

const shifted = new Map<string, string>();

/** The date some days later. */
export function addDays(date: string, days: number): string {
  const key = `${date} ${days}`;
  const found = shifted.get(key) ?? Temporal.PlainDate.from(date).add({ days }).toString();
  shifted.set(key, found);
  return found;
}

/** `HH:MM[:SS]`, also 24:00, to milliseconds. */
export function timeOfDay(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}
