import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { calendarOf, walkWorkingDays, type Calendar } from './calendar.ts';
import { endOf, localDayOf, toDate } from './local-day.ts';
import { findReview, sourceOf, type ClockPack, type ReviewTermId } from './pack.ts';

/** A clock beside that of the complaint, as JSON: instants RFC 3339. */
export interface ReviewInput {
  readonly termId: ReviewTermId;
  /** Asia/Shanghai when left out. */
  readonly timeZone?: string | null;
  /**
   * What starts it. `review-request`: the complainant received the decision; `review-decide`: the superior received the request;
   * `regulator-forward`: the regulator received the complaint.
   */
  readonly startedAt: string;
  /** When it was done: requested, decided and told, forwarded. Null or later than `at`: not yet. */
  readonly doneAt?: string | null;
  /** The instant for which the answer holds. */
  readonly at: string;
}

export interface ReviewAnswer {
  readonly termId: ReviewTermId;
  readonly state: 'running' | 'met' | 'missed';
  /** The last day, inclusive, and the instant at which it ends. */
  readonly dueOn: string;
  readonly dueAt: string;
  /** The date rests on a year whose working days are not published. */
  readonly provisional: boolean;
  /** Local dates from `at` to `dueOn`; negative when it has passed. */
  readonly daysLeft: number;
  /** Instrument and article. */
  readonly source: string;
}

/**
 * By when a review must be asked for or decided (CMP20 20), or a regulator forwards a complaint (CMP20 33, for information). Day 0 is the local
 * date of `startedAt`, and the last day counts in full. Throws RangeError for a zone that nobody knows, and where the pack has no such clock.
 */
export function reviewClock(input: ReviewInput, pack: ClockPack, calendar: Calendar = calendarOf(pack.country)): ReviewAnswer {
  const zone = Zone.of(input.timeZone ?? DEFAULT_TIME_ZONE);
  const [startedAt, now] = [Date.parse(input.startedAt), Date.parse(input.at)];
  const day0 = localDayOf(zone, startedAt);
  const row = findReview(pack, input.termId, toDate(day0));
  const due = row.unit === 'working' ? walkWorkingDays(day0, row.days, calendar) : { day: day0 + row.days, provisional: false };
  const end = endOf(zone, due.day);
  const doneAt = input.doneAt ? Date.parse(input.doneAt) : null;
  const done = doneAt !== null && doneAt <= now ? doneAt : null;
  return {
    termId: input.termId,
    state: done !== null ? (done < end ? 'met' : 'missed') : now < end ? 'running' : 'missed',
    dueOn: toDate(due.day),
    dueAt: zone.format(end),
    provisional: due.provisional,
    daysLeft: due.day - localDayOf(zone, now),
    source: sourceOf(row),
  };
}
