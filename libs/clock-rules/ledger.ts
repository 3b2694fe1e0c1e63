import type { Zone } from '#contact-rules';
import type { Calendar } from './calendar.ts';
import { endOf, localDayOf, toDate, toLocalDay, type LocalDay } from './local-day.ts';
import { findTerm, type ClockPack, type TermRowId } from './pack.ts';
import { cutAt, dueOf, rulingGrant, type Grant, type Run, type Span } from './timeline.ts';
import type { ClockEvent, ClockState, RejectionCode, SegmentCause } from './types.ts';

/** What the events so far have made of the clock. */
export interface Ledger {
  /** Days of the runs before this one. */
  readonly past: readonly Span[];
  readonly run: Run;
  /** Decided, and before the end of the term; null: not decided. */
  readonly decidedInTime: boolean | null;
  readonly told: boolean;
  readonly closed: Exclude<ClockState, 'running' | 'paused'> | null;
}

export interface Rules {
  readonly pack: ClockPack;
  readonly calendar: Calendar;
  readonly zone: Zone;
  readonly receivedAt: number;
  /** The instant of the evaluation. */
  readonly now: number;
}

/** An event with its instant read, and the local day on which it lies. */
export interface Happening {
  readonly event: ClockEvent;
  readonly at: number;
  readonly day: LocalDay;
}

type Outcome = Ledger | RejectionCode;
type Apply = (ledger: Ledger, happening: Happening, rules: Rules) => Outcome;

function grantOf(termId: TermRowId, cause: SegmentCause, day0: LocalDay, pack: ClockPack): Grant {
  const { days, unit } = findTerm(pack, termId, toDate(day0));
  return { termId, cause, days, unit };
}

export function startRun(day0: LocalDay, cause: 'decide' | 'restart', { pack }: Rules): Run {
  return { day0, grants: [grantOf('decide', cause, day0, pack)], pauses: [], pausedFrom: null };
}

/** While the clock is paused the term is suspended, and cannot be over. */
export function isOver({ run }: Ledger, at: number, { calendar, zone }: Rules): boolean {
  return run.pausedFrom === null && at >= endOf(zone, dueOf(run, calendar).day);
}

/** Why the term itself cannot be touched any more. */
function whyNotOpen(ledger: Ledger, at: number, rules: Rules): RejectionCode | null {
  if (ledger.closed) return 'already-closed';
  if (ledger.decidedInTime !== null) return 'already-decided';
  return isOver(ledger, at, rules) ? 'term-already-over' : null;
}

const isAgreed = ({ run }: Ledger): boolean => rulingGrant(run).termId === 'agreed';

function withGrant(ledger: Ledger, termId: TermRowId, { pack }: Rules): Ledger {
  const { run } = ledger;
  return { ...ledger, run: { ...run, grants: [...run.grants, grantOf(termId, termId, run.day0, pack)] } };
}

// CMP20 18: 30 days in all where the matter is complicated. The text asks for no approver.
const declaredComplex: Apply = (ledger, { at }, rules) => {
  const why = whyNotOpen(ledger, at, rules);
  if (why) return why;
  if (isAgreed(ledger)) return 'agreed-date-rules';
  const { termId } = rulingGrant(ledger.run);
  if (termId === 'decide-complex') return 'already-complex';
  if (termId === 'decide-special') return 'already-extended';
  return withGrant(ledger, 'decide-complex', rules);
};

// CMP20 18: at most 30 days more, approved by the superior institution or head office, and the complainant told.
const extended: Apply = (ledger, { at, event }, rules) => {
  const why = whyNotOpen(ledger, at, rules);
  if (why) return why;
  if (isAgreed(ledger)) return 'agreed-date-rules';
  if (rulingGrant(ledger.run).termId === 'decide-special') return 'already-extended';
  if (!event.approverLevel) return 'approval-missing';
  const toldAt = event.complainantToldAt ? Date.parse(event.complainantToldAt) : null;
  if (toldAt === null || toldAt < rules.receivedAt || toldAt > rules.now) return 'complainant-not-told';
  if (isOver(ledger, toldAt, rules)) return 'complainant-told-too-late';
  return withGrant(ledger, 'decide-special', rules);
};

// CMP20 18: the time of an outside appraisal does not count; 23: nor that of a mediation which both sides applied for.
const paused: Apply = (ledger, { at, day, event }, rules) => {
  const why = whyNotOpen(ledger, at, rules);
  if (why) return why;
  if (ledger.run.pausedFrom !== null) return 'already-paused';
  if (event.reason === 'mediation' && event.complainantAgreed === false) return 'complainant-not-agreed';
  return { ...ledger, run: { ...ledger.run, pausedFrom: day } };
};

// Also after the decision: what is left of the term is left to tell it.
const resumed: Apply = (ledger, { day }) => {
  if (ledger.closed) return 'already-closed';
  const { run } = ledger;
  if (run.pausedFrom === null) return 'not-paused';
  const pauses: Run['pauses'] = [...run.pauses, { from: run.pausedFrom, to: day, cause: 'pause' }];
  return { ...ledger, run: { ...run, pauses, pausedFrom: null } };
};

// CMP20 18: with new facts and reasons the term runs anew, also where the old one is over. An open pause goes on.
const newFacts: Apply = (ledger, { day }, rules) => {
  if (ledger.closed) return 'already-closed';
  if (ledger.decidedInTime !== null) return 'already-decided';
  return {
    ...ledger,
    past: [...ledger.past, ...cutAt(ledger.run, day, rules.calendar)],
    run: { ...startRun(day, 'restart', rules), pausedFrom: ledger.run.pausedFrom === null ? null : day },
  };
};

// CMP20 21: what both sides agreed rules. An open pause goes on, counted from the agreement.
const agreed: Apply = (ledger, { at, day, event }, rules) => {
  const why = whyNotOpen(ledger, at, rules);
  if (why) return why;
  if (!event.dueOn) return 'agreed-date-missing';
  const dueOn = toLocalDay(event.dueOn);
  if (dueOn < day) return 'agreed-date-past';
  return {
    ...ledger,
    past: [...ledger.past, ...cutAt(ledger.run, day, rules.calendar)],
    run: {
      day0: day,
      grants: [{ termId: 'agreed', cause: 'agreed', unit: 'date', dueOn }],
      pauses: [],
      pausedFrom: ledger.run.pausedFrom === null ? null : day,
    },
  };
};

const decided: Apply = (ledger, { at }, rules) => {
  if (ledger.decidedInTime !== null) return 'already-decided';
  if (ledger.closed) return 'already-closed';
  return { ...ledger, decidedInTime: !isOver(ledger, at, rules) };
};

// CMP20 18: decide and tell within the term; only both together meet it.
const told: Apply = (ledger, { at }, rules) => {
  if (ledger.told) return 'already-told';
  if (ledger.closed) return 'already-closed';
  if (ledger.decidedInTime === null) return 'not-decided';
  return { ...ledger, told: true, closed: ledger.decidedInTime && !isOver(ledger, at, rules) ? 'met' : 'missed' };
};

const declined: Apply = (ledger) => {
  if (ledger.closed) return 'already-closed';
  return ledger.decidedInTime === null ? { ...ledger, closed: 'declined' } : 'already-decided';
};

// CMP20 15: whatever the due date, and also a decision that the complainant has not been told of.
const withdrawn: Apply = (ledger) => (ledger.closed ? 'already-closed' : { ...ledger, closed: 'withdrawn' });

const outcomeRecorded: Apply = (ledger, { event }) =>
  ledger.closed ? 'already-closed' : { ...ledger, closed: event.inTime ? 'met' : 'missed' };

const applies: Readonly<Record<ClockEvent['type'], Apply>> = {
  'declared-complex': declaredComplex,
  extended,
  paused,
  resumed,
  'new-facts': newFacts,
  agreed,
  decided,
  told,
  declined,
  withdrawn,
  'outcome-recorded': outcomeRecorded,
};

/** The ledger with the event in it, or why the rules do not allow it. */
export function applyEvent(ledger: Ledger, happening: Happening, rules: Rules): Outcome {
  if (happening.at < rules.receivedAt) return 'before-receipt';
  if (happening.at > rules.now) return 'not-yet-happened';
  return applies[happening.event.type](ledger, happening, rules);
}

/** Reads the event's instant in the complaint's zone. */
export function toHappening(event: ClockEvent, zone: Zone): Happening {
  const at = Date.parse(event.at);
  return { event, at, day: localDayOf(zone, at) };
}
