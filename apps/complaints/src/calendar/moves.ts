import { CLOCK_PACK_NAMES, findClockPack } from '#clock-rules';
import { expectedOf } from '../complaint/difference.ts';
import type { DueColumns } from '../complaint/complaint.record.ts';
import { answerAt } from '../complaint/ledger.ts';
import type { OpenLedger } from '../complaint/ledger.service.ts';
import { asksCalendar, type Calendars } from './stored-calendars.ts';

/** The packs of a country whose dates ask its calendar at all. */
export const packsAsking = (country: string): string[] =>
  CLOCK_PACK_NAMES.filter((name) => asksCalendar(name) && findClockPack(name)?.country === country);

/** An event that had been accepted and lies outside its term by another calendar: it counts no more, and is shown to people. */
export interface Conflict {
  readonly type: string;
  readonly at: string;
  readonly code: string;
  readonly source: string;
}

/** What another calendar does to a clock. */
export interface Move {
  readonly clock: OpenLedger;
  readonly due: DueColumns;
  /** `settled`: the date is the same, and has become certain or provisional. */
  readonly kind: 'earlier' | 'later' | 'settled';
  /** It was not over, and is. */
  readonly overdue: boolean;
  readonly conflicts: readonly Conflict[];
}

/** Null: nothing of the date is another. */
export function moveOf(clock: OpenLedger, calendars: Calendars, now: Date): Move | null {
  const due = expectedOf(clock, calendars, now);
  if (due.dueOn === clock.dueOn && due.dueAt.getTime() === clock.dueAt.getTime() && due.provisional === clock.provisional) return null;
  const kind = due.dueOn < clock.dueOn ? 'earlier' : due.dueOn > clock.dueOn ? 'later' : 'settled';
  const overdue = due.state !== 'paused' && due.dueAt <= now && clock.dueAt > now;
  const { rejected } = answerAt(clock, clock.events, now, calendars);
  const conflicts = rejected.flatMap(({ index, code, source }) => {
    const event = clock.events[index];
    return event ? [{ type: event.type, at: event.at, code, source }] : [];
  });
  return { clock, due, kind, overdue, conflicts };
}

/** What moves come to. */
export interface MoveCounts {
  readonly earlier: number;
  readonly later: number;
  readonly settled: number;
  readonly overdue: number;
  readonly conflicting: number;
}

export function countMoves(moves: readonly Move[]): MoveCounts {
  const count = (wanted: (move: Move) => boolean): number => moves.filter(wanted).length;
  return {
    earlier: count(({ kind }) => kind === 'earlier'),
    later: count(({ kind }) => kind === 'later'),
    settled: count(({ kind }) => kind === 'settled'),
    overdue: count(({ overdue }) => overdue),
    conflicting: count(({ conflicts }) => conflicts.length > 0),
  };
}
