import type { ClockEvent } from '#clock-rules';
import type { Calendars } from '../calendar/stored-calendars.ts';
import type { ComplaintRecord, DueColumns } from '../complaint/complaint.record.ts';
import { answerAt, dueColumns, isWritable } from '../complaint/ledger.ts';

/** What follows from a ledger when the receipt is another; or the first event that could not have happened then. */
export type Moved =
  | { readonly due: DueColumns }
  | { readonly refused: { readonly event: ClockEvent; readonly code: string; readonly source: string } }
  | null;

/** Judges the whole ledger anew. Null: the dates that follow cannot be written. */
export function movedReceipt(
  record: ComplaintRecord,
  receivedAt: Date,
  events: readonly ClockEvent[],
  now: Date,
  calendars: Calendars,
): Moved {
  const start = { pack: record.pack, matter: record.matter, timeZone: record.timeZone, receivedAt };
  const answer = answerAt(start, events, now, calendars);
  const [rejection] = answer.rejected;
  const event = rejection && events[rejection.index];
  if (rejection && event) return { refused: { event, code: rejection.code, source: rejection.source } };
  return isWritable(answer) ? { due: dueColumns(start, events, answer) } : null;
}
