import type { ClockEvent, ClockInput } from '#clock-rules';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { cellText, type TracedRow } from '#trace';
import type { Derivation, Window } from './derived.ts';

interface Registered {
  readonly number: string;
  readonly channel: string;
  readonly category: string | null;
  readonly agencyId: string | null;
}

interface Clock {
  readonly input: ClockInput;
  readonly answer: { readonly state: string; readonly dueOn: string; readonly dueAt: string };
}

const CLOSING: readonly string[] = ['told', 'withdrawn', 'declined', 'outcome-recorded', 'merged'];
const DAY_MS = 86_400_000;

const lastOf = (events: readonly ClockEvent[], isWanted: (type: string) => boolean): number | null => {
  const times = events.filter(({ type }) => isWanted(type)).map(({ at }) => Date.parse(at));
  return times.length === 0 ? null : Math.max(...times);
};

function bucketOf(state: string, isClosed: boolean, isOverdue: boolean, days: number | null): string {
  if (['withdrawn', 'declined', 'merged'].includes(state)) return state;
  if (!isClosed) return isOverdue ? 'overdue' : 'open';
  if (days === null) return 'unknown-day';
  return days <= 15 ? 'within-15' : days <= 30 ? 'within-30' : days <= 60 ? 'within-60' : 'later';
}

function rowOf(parts: readonly unknown[], { from, until, asOf }: Window): TracedRow | null {
  const said = parts as readonly { readonly registered?: Registered; readonly clock?: Clock }[];
  const registered = said.find((part) => part.registered)?.registered;
  const clock = said.findLast((part) => part.clock)?.clock;
  if (!registered || !clock) return null;
  const { receivedAt, timeZone, events: given } = clock.input;
  const events = given ?? [];
  const received = Date.parse(receivedAt);
  if (!(received >= from && received < until)) return null;
  const zone = Zone.of(timeZone ?? DEFAULT_TIME_ZONE);
  const day = (at: number | null): string => (at === null ? '' : zone.format(at).slice(0, 10));
  const [decided, told, closed] = [
    lastOf(events, (type) => type === 'decided'),
    lastOf(events, (type) => type === 'told'),
    lastOf(events, (type) => CLOSING.includes(type)),
  ];
  const isAnswered = closed !== null && decided !== null && told !== null && ['met', 'missed'].includes(clock.answer.state);
  const days = isAnswered ? (Date.parse(day(Math.max(decided, told))) - Date.parse(day(received))) / DAY_MS : null;
  const isOverdue = closed === null && clock.answer.state !== 'paused' && Date.parse(clock.answer.dueAt) <= asOf;
  const state = isOverdue ? 'missed' : clock.answer.state;
  return {
    number: cellText(registered.number),
    receivedOn: day(received),
    channel: cellText(registered.channel),
    category: cellText(registered.category ?? ''),
    agencyId: cellText(registered.agencyId ?? ''),
    state,
    dueOn: clock.answer.dueOn,
    decidedOn: day(decided),
    toldOn: day(told),
    days: days === null ? '' : String(days),
    bucket: bucketOf(state, closed !== null, isOverdue, days),
    timing: state === 'met' ? 'on-time' : state === 'missed' ? 'late' : '',
  };
}

/** The complaints of a timeliness report: from `complaint-registered` and `clock-event`. How they were classified is in no record in words that count. */
export const COMPLAINTS: Derivation = {
  columns: new Set('number receivedOn channel category agencyId state dueOn decidedOn toldOn days bucket timing'.split(' ')),
  partOf({ kind, body }) {
    const { complaintId, clock } = body as { readonly complaintId: string; readonly clock?: Clock };
    if (kind === 'clock-event') return clock ? { of: complaintId, said: { clock } } : null;
    if (kind !== 'complaint-registered') return null;
    const { number, channel, category, agencyId } = body as unknown as Registered;
    return { of: complaintId, said: { registered: { number, channel, category, agencyId }, clock } };
  },
  rowOf,
};
