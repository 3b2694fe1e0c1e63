import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { calendarOf, walkWorkingDays, watched, type Calendar } from './calendar.ts';
import { applyEvent, isOver, startRun, toHappening, type Ledger, type Rules } from './ledger.ts';
import { endOf, localDayOf, toDate } from './local-day.ts';
import { toClockMessage } from './message.ts';
import { findWindow, sourceOf, type ClockPack } from './pack.ts';
import { dueOf, rulingGrant, spansOf, type OpenSpan } from './timeline.ts';
import type { ClockAnswer, ClockInput, ClockState, Rejection, RejectionCode, Segment, Window } from './types.ts';

function stateOf(ledger: Ledger, rules: Rules): ClockState {
  if (ledger.closed) return ledger.closed;
  if (ledger.run.pausedFrom !== null) return 'paused';
  return isOver(ledger, rules.now, rules) ? 'missed' : 'running';
}

function toSegments(ledger: Ledger, calendar: Calendar): Segment[] {
  const spans: OpenSpan[] = [...ledger.past, ...spansOf(ledger.run, calendar)];
  // Agreed on the day of receipt for that very day: there is no night in between, and still something to show.
  if (spans.length === 0) spans.push({ from: ledger.run.day0, to: ledger.run.day0, cause: rulingGrant(ledger.run).cause });
  return spans.map(({ from, to, cause }) => ({ from: toDate(from), to: to === null ? null : toDate(to), cause }));
}

function toRejection(index: number, code: RejectionCode, pack: ClockPack): Rejection {
  return { index, code, detail: toClockMessage({ code }, 'en'), source: pack.rejections[code] };
}

/** Where the pack has one: counted from the receipt, whatever moves the term. */
function windowsOf({ toldAt }: Ledger, rules: Rules): { windows?: Window[] } {
  const { pack, calendar, zone, receivedAt, now } = rules;
  const day0 = localDayOf(zone, receivedAt);
  const row = findWindow(pack, toDate(day0));
  if (!row) return {};
  const last = row.unit === 'working' ? walkWorkingDays(day0, row.days, calendar) : { day: day0 + row.days, provisional: false };
  const end = endOf(zone, last.day);
  const state = toldAt !== null && toldAt < end ? 'used' : now < end ? 'open' : 'passed';
  const { provisional } = last;
  return {
    windows: [{ termId: row.termId, lastOn: toDate(last.day), endsAt: zone.format(end), provisional, state, source: sourceOf(row) }],
  };
}

/**
 * What the ledger of a complaint says of its clock. The JSON has been validated; throws RangeError for a zone or a country that nobody knows.
 * Another calendar than the country's can be given, such as one in which a further year is published.
 */
export function evaluateClock(input: ClockInput, pack: ClockPack, calendar: Calendar = calendarOf(pack.country)): ClockAnswer {
  const zone = Zone.of(input.timeZone ?? DEFAULT_TIME_ZONE);
  const [receivedAt, now] = [Date.parse(input.receivedAt), Date.parse(input.at)];
  const rules: Rules = { pack, matter: input.matter ?? null, calendar, zone, receivedAt, now };
  const happenings = (input.events ?? [])
    .map((event, index) => ({ index, ...toHappening(event, zone) }))
    .toSorted((one, other) => one.at - other.at);
  const run = startRun(localDayOf(zone, rules.receivedAt), 'decide', rules);
  let ledger: Ledger = { past: [], run, decidedInTime: null, toldAt: null, closed: null };
  const rejected: Rejection[] = [];
  for (const happening of happenings) {
    const outcome = applyEvent(ledger, happening, rules);
    if (typeof outcome === 'string') rejected.push(toRejection(happening.index, outcome, pack));
    else ledger = outcome;
  }
  const due = dueOf(ledger.run, calendar);
  return {
    state: stateOf(ledger, rules),
    termId: rulingGrant(ledger.run).termId,
    dueOn: toDate(due.day),
    dueAt: zone.format(endOf(zone, due.day)),
    provisional: due.provisional,
    daysLeft: due.day - localDayOf(zone, rules.now),
    segments: toSegments(ledger, calendar),
    rejected: rejected.toSorted((one, other) => one.index - other.index),
    ...windowsOf(ledger, rules),
  };
}

/** The years of the calendar on which the answer rests: as long as they stay as they are, so does the answer. */
export function yearsAskedBy(input: ClockInput, pack: ClockPack, calendar: Calendar = calendarOf(pack.country)): ReadonlySet<number> {
  const watch = watched(calendar);
  evaluateClock(input, pack, watch.calendar);
  return watch.years;
}
