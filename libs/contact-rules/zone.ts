import { Temporal } from 'temporal-polyfill';

export const DAY_MS = 86_400_000;
const MAX_DATES = 4_000;

interface Segment {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

/** A date `YYYY-MM-DD` as days since 1970-01-01. */
export const dayNumberOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

const floorDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS;

/**
 * Local time in one zone. Temporal says where the offset changes; between two changes all is integer arithmetic, because a look-back
 * asks several times a row.
 */
export class Zone {
  private current: Segment;
  private other: Segment;
  private readonly dateStarts = new Map<string, number>();

  private constructor(readonly id: string) {
    this.current = this.segment(0);
    this.other = this.current;
  }

  /** Throws RangeError for a zone that the tz database does not know. */
  static of(id: string): Zone {
    const known = zones.get(id);
    if (known) return known;
    const zone = new Zone(id);
    zones.set(id, zone);
    return zone;
  }

  private segment(ms: number): Segment {
    const here = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(this.id);
    // The previous transition of the instant after, so that a transition at this very instant begins the segment.
    const start = here.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
    const end = here.getTimeZoneTransition('next');
    return {
      start: start?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
      end: end?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
      offset: here.offsetNanoseconds / 1e6,
    };
  }

  private at(ms: number): Segment {
    const { current } = this;
    if (ms >= current.start && ms < current.end) return current;
    // A search around a change of the clock goes back and forth.
    const { other } = this;
    this.other = current;
    this.current = ms >= other.start && ms < other.end ? other : this.segment(ms);
    return this.current;
  }

  /** Milliseconds that local time is ahead of UTC. */
  offsetAt(ms: number): number {
    return this.at(ms).offset;
  }

  /** Milliseconds after local midnight on the wall clock, 0 to 86,399,999. */
  timeOfDay(ms: number): number {
    const local = ms + this.at(ms).offset;
    return local - floorDay(local);
  }

  /** First instant of the local day that contains the instant. */
  dayStart(ms: number): number {
    const { start, offset } = this.at(ms);
    const midnight = floorDay(ms + offset) - offset;
    // At the start of the segment the clock may have come back to this very midnight: then the day began before.
    return midnight > start ? midnight : this.zoned(ms).startOfDay().epochMilliseconds;
  }

  /** First instant of the next local day. */
  nextDayStart(ms: number): number {
    const { end, offset } = this.at(ms);
    const midnight = floorDay(ms + offset) + DAY_MS - offset;
    // At the end of the segment the clock may go back into this very day.
    return midnight < end ? midnight : this.zoned(ms).startOfDay().add({ days: 1 }).startOfDay().epochMilliseconds;
  }

  /** First instant of the local day that lies so many days after (or before) the one that contains the instant. */
  addDays(ms: number, days: number): number {
    const { start, end, offset } = this.at(ms);
    const local = floorDay(ms + offset) + days * DAY_MS;
    const midnight = local - offset;
    if (midnight > start && midnight < end) return midnight;
    const noon = local + DAY_MS / 2;
    return this.dayStart(noon - this.offsetAt(noon - offset));
  }

  /** The local date as days since 1970-01-01; dates compare as numbers. */
  dayNumber(ms: number): number {
    return Math.floor((ms + this.at(ms).offset) / DAY_MS);
  }

  /**
   * The instants of the local day that contains the instant at which the wall clock reaches one of the times of day (ms), or jumps: it
   * shows a time twice where it goes back, and none of those that it leaps over.
   */
  turnsOfDay(ms: number, times: readonly number[]): number[] {
    const last = this.nextDayStart(ms);
    const first = this.dayStart(ms);
    const date = floorDay(first + this.at(first).offset);
    const turns: number[] = [];
    for (let from = first; from < last;) {
      const { end, offset } = this.at(from);
      const until = Math.min(end, last);
      turns.push(from, ...times.map((time) => date + time - offset).filter((instant) => instant > from && instant < until));
      from = until;
    }
    return turns;
  }

  /** The next two changes of the offset after the instant, where there are any: those of a year. */
  changesAfter(ms: number): number[] {
    const { end } = this.at(ms);
    return Number.isFinite(end) ? [end, this.at(end).end].filter(Number.isFinite) : [];
  }

  /** First instant of a local date `YYYY-MM-DD`. */
  dateStart(date: string): number {
    const known = this.dateStarts.get(date);
    if (known !== undefined) return known;
    const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
    const noon = Date.UTC(year, month - 1, day) + DAY_MS / 2;
    // The day that contains the local noon, whichever side of a change of offset its midnight lies on.
    const start = this.dayStart(noon - this.offsetAt(noon));
    // Few dates are asked for again and again, those from which rows judge; a log of many must not fill the memory.
    if (this.dateStarts.size >= MAX_DATES) this.dateStarts.clear();
    this.dateStarts.set(date, start);
    return start;
  }

  /** RFC 3339 with the local offset; milliseconds only where there are any. */
  format(ms: number): string {
    const offset = this.offsetAt(ms);
    const text = new Date(ms + offset).toISOString().replace(/\.000Z$|Z$/, '');
    // Offsets of history are not always whole minutes; RFC 3339 has no seconds, so those are shown in UTC.
    if (offset % 60_000 !== 0) return `${new Date(ms).toISOString().replace(/\.000Z$|Z$/, '')}+00:00`;
    const minutes = Math.abs(offset) / 60_000;
    const two = (value: number): string => String(value).padStart(2, '0');
    return `${text}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  }

  private zoned(ms: number): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(this.id);
  }
}

// Zones hold no facts, only the tz database's own; keeping them is not state of a decision.
const zones = new Map<string, Zone>();
