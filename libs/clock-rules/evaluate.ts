import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { calendarOf, type Calendar } from './calendar.ts';
import { applyEvent, isOver, startRun, toHappening, type Ledger, type Rules } from './ledger.ts';
import { endOf, localDayOf, toDate } from './local-day.ts';
import { toClockMessage } from './message.ts';
import type { ClockPack } from './pack.ts';
import { dueOf, rulingGrant, spansOf, type OpenSpan } from './timeline.ts';
import type { ClockAnswer, ClockInput, ClockState, Rejection, RejectionCode, Segment } from './types.ts';

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

/**
 * What the ledger of a complaint says of its clock. The JSON has been validated; throws RangeError for a zone or a country that nobody knows.
 * Another calendar than the country's can be given, such as one in which a further year is published.
 */
export function evaluateClock(input: ClockInput, pack: ClockPack, calendar: Calendar = calendarOf(pack.country)): ClockAnswer {
  const zone = Zone.of(input.timeZone ?? DEFAULT_TIME_ZONE);
  const rules: Rules = { pack, calendar, zone, receivedAt: Date.parse(input.receivedAt), now: Date.parse(input.at) };
  const happenings = (input.events ?? [])
    .map((event, index) => ({ index, ...toHappening(event, zone) }))
    .toSorted((one, other) => one.at - other.at);
  const run = startRun(localDayOf(zone, rules.receivedAt), 'decide', rules);
  let ledger: Ledger = { past: [], run, decidedInTime: null, told: false, closed: null };
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
  };
}
