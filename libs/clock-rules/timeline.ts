import { countWorkingDays, walkWorkingDays, type Calendar, type Walk } from './calendar.ts';
import type { LocalDay } from './local-day.ts';
import type { SegmentCause, TermId } from './types.ts';

/** A term that was granted: so many days in all from day 0, or up to a day that was agreed. */
export type Grant = { readonly termId: TermId; readonly cause: SegmentCause } & (
  { readonly unit: 'natural' | 'working'; readonly days: number } | { readonly unit: 'date'; readonly dueOn: LocalDay }
);

export interface Span {
  readonly from: LocalDay;
  readonly to: LocalDay;
  readonly cause: SegmentCause;
}

export interface OpenSpan extends Omit<Span, 'to'> {
  readonly to: LocalDay | null;
}

/** One run of the clock from its day 0, until new facts or an agreement begin another. */
export interface Run {
  readonly day0: LocalDay;
  /** In the order granted, never empty; the last one rules. */
  readonly grants: readonly [Grant, ...Grant[]];
  /** Pauses that ended, oldest first. */
  readonly pauses: readonly Span[];
  /** The day on which the open pause began. */
  readonly pausedFrom: LocalDay | null;
}

function after(from: LocalDay, days: number, unit: Grant['unit'], calendar: Calendar): Walk {
  return unit === 'working' ? walkWorkingDays(from, days, calendar) : { day: from + days, provisional: false };
}

/**
 * The last day of a grant. What was left of it when a pause began is left when the pause ends: for natural days the date moves by the length of
 * the pause.
 */
function endOfGrant(run: Run, grant: Grant, calendar: Calendar): Walk {
  const { unit } = grant;
  let end = unit === 'date' ? { day: grant.dueOn, provisional: false } : after(run.day0, grant.days, unit, calendar);
  for (const { from, to } of run.pauses) {
    if (from === to || from > end.day) continue;
    const left = unit === 'working' ? countWorkingDays(from, end.day, calendar) : end.day - from;
    const { day, provisional } = after(to, left, unit, calendar);
    end = { day, provisional: provisional || end.provisional };
  }
  return end;
}

export const rulingGrant = ({ grants }: Run): Grant => grants.at(-1) ?? grants[0];

export const dueOf = (run: Run, calendar: Calendar): Walk => endOfGrant(run, rulingGrant(run), calendar);

/** The days of the run, each stretch with its cause: without gaps, up to the due date, or up to an open pause. */
export function spansOf(run: Run, calendar: Calendar): OpenSpan[] {
  const ends = run.grants.map((grant) => ({ cause: grant.cause, end: endOfGrant(run, grant, calendar).day }));
  const spans: OpenSpan[] = [];
  let from = run.day0;
  const runUntil = (until: LocalDay): void => {
    for (const { cause, end } of ends) {
      const to = Math.min(end, until);
      if (to <= from) continue;
      spans.push({ from, to, cause });
      from = to;
    }
  };
  for (const pause of run.pauses.filter((one) => one.to > one.from)) {
    runUntil(pause.from);
    spans.push(pause);
    from = pause.to;
  }
  runUntil(run.pausedFrom ?? Number.POSITIVE_INFINITY);
  if (run.pausedFrom !== null) spans.push({ from: run.pausedFrom, to: null, cause: 'pause' });
  return spans;
}

/** What a run leaves behind when another begins on the day: its days up to then. Those after its term are overdue. */
export function cutAt(run: Run, day: LocalDay, calendar: Calendar): Span[] {
  const past = spansOf(run, calendar)
    .filter(({ from }) => from < day)
    .map((span) => ({ ...span, to: Math.min(span.to ?? day, day) }));
  const end = past.at(-1)?.to ?? run.day0;
  return end < day ? [...past, { from: end, to: day, cause: 'overdue' }] : past;
}
