import type { Zone } from '#contact-rules';
import type { Calendar } from './calendar.ts';
import { endOf, localDayOf, toDate, toLocalDay, type LocalDay } from './local-day.ts';
import { findTerm, forMatter, hasRow, type ClockPack, type OtherRow, type TermRowId } from './pack.ts';
import { cutAt, dueOf, rulingGrant, type Grant, type Run, type Span } from './timeline.ts';
import type { ClockEvent, ClockState, Matter, RejectionCode, SegmentCause } from './types.ts';

/** What the events so far have made of the clock. */
export interface Ledger {
  /** Days of the runs before this one. */
  readonly past: readonly Span[];
  readonly run: Run;
  /** Decided, and before the end of the term; null: not decided. */
  readonly decidedInTime: boolean | null;
  /** The instant, in milliseconds; null: not told. */
  readonly toldAt: number | null;
  readonly closed: Exclude<ClockState, 'running' | 'paused'> | null;
}

export interface Rules {
  readonly pack: ClockPack;
  readonly matter: Matter | null;
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

function grantOf(termId: TermRowId, cause: SegmentCause, day0: LocalDay, { pack, matter }: Rules): Grant {
  const { days, unit } = findTerm(pack, termId, toDate(day0), matter);
  return { termId, cause, days, unit };
}

export function startRun(day0: LocalDay, cause: 'decide' | 'restart', rules: Rules): Run {
  return { day0, grants: [grantOf('decide', cause, day0, rules)], pauses: [], pausedFrom: null };
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

function withGrant(ledger: Ledger, termId: TermRowId, rules: Rules): Ledger {
  const { run } = ledger;
  return { ...ledger, run: { ...run, grants: [...run.grants, grantOf(termId, termId, run.day0, rules)] } };
}

/** Whether the complainant was told of a longer term, and before the running one ended. */
function whyNotTold(ledger: Ledger, event: ClockEvent, rules: Rules): RejectionCode | null {
  const toldAt = event.complainantToldAt ? Date.parse(event.complainantToldAt) : null;
  if (toldAt === null || toldAt < rules.receivedAt || toldAt > rules.now) return 'complainant-not-told';
  return isOver(ledger, toldAt, rules) ? 'complainant-told-too-late' : null;
}

// CMP20 18: 30 days in all where the matter is complicated, and the text asks for no approver; 60 in special cases, approved and told. What grants which
// term under which pack is data of the pack.
const granted: Apply = (ledger, { at, event }, rules) => {
  const { pack, matter } = rules;
  const why = whyNotOpen(ledger, at, rules);
  if (why) return why;
  const { termId } = rulingGrant(ledger.run);
  if (termId === 'agreed') return 'agreed-date-rules';
  const rule = forMatter(pack.grants, matter).find((one) => one.event === event.type);
  if (!rule) return 'not-provided';
  if (!rule.from.includes(termId)) return rule.refusals[termId] ?? 'not-provided';
  if (rule.approvers.length > 0 && !(event.approverLevel && rule.approvers.includes(event.approverLevel))) return rule.unapproved;
  const untold = rule.complainantTold ? whyNotTold(ledger, event, rules) : null;
  return untold ?? withGrant(ledger, rule.grants, rules);
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
  if (ledger.toldAt !== null) return 'already-told';
  if (ledger.closed) return 'already-closed';
  if (ledger.decidedInTime === null) return 'not-decided';
  return { ...ledger, toldAt: at, closed: ledger.decidedInTime && !isOver(ledger, at, rules) ? 'met' : 'missed' };
};

const declined: Apply = (ledger) => {
  if (ledger.closed) return 'already-closed';
  return ledger.decidedInTime === null ? { ...ledger, closed: 'declined' } : 'already-decided';
};

// CMP20 15: whatever the due date, and also a decision that the complainant has not been told of.
const withdrawn: Apply = (ledger) => (ledger.closed ? 'already-closed' : { ...ledger, closed: 'withdrawn' });

// CMP20 18: a repeat without new facts is handled together with what it repeats. What was decided is told, and answered alone.
const merged: Apply = (ledger) => {
  if (ledger.closed) return 'already-closed';
  return ledger.decidedInTime === null ? { ...ledger, closed: 'merged' } : 'already-decided';
};

const outcomeRecorded: Apply = (ledger, { event }) =>
  ledger.closed ? 'already-closed' : { ...ledger, closed: event.inTime ? 'met' : 'missed' };

const applies: Readonly<Record<ClockEvent['type'], Apply>> = {
  'declared-complex': granted,
  extended: granted,
  paused,
  resumed,
  'new-facts': newFacts,
  agreed,
  decided,
  told,
  declined,
  withdrawn,
  'outcome-recorded': outcomeRecorded,
  merged,
};

/** The row of the pack without which such an event says nothing. */
const needs: Readonly<Partial<Record<ClockEvent['type'], OtherRow['termId']>>> = {
  paused: 'pause',
  resumed: 'pause',
  'new-facts': 'restart',
  agreed: 'agreed',
  declined: 'declined',
  withdrawn: 'withdrawn',
};

/** The ledger with the event in it, or why the rules do not allow it. */
export function applyEvent(ledger: Ledger, happening: Happening, rules: Rules): Outcome {
  if (happening.at < rules.receivedAt) return 'before-receipt';
  if (happening.at > rules.now) return 'not-yet-happened';
  const row = needs[happening.event.type];
  if (row && !hasRow(rules.pack, row)) return 'not-provided';
  return applies[happening.event.type](ledger, happening, rules);
}

/** Reads the event's instant in the complaint's zone. */
export function toHappening(event: ClockEvent, zone: Zone): Happening {
  const at = Date.parse(event.at);
  return { event, at, day: localDayOf(zone, at) };
}
