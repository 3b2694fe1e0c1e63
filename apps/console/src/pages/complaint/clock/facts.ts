import { localDate } from '../dates.ts';
import type { ClockFacts, ClockMark, ClockSegment, MarkKind } from './layout.ts';

/** A complaint as far as its drawing needs it; instants with the offset of its own zone. */
export interface DrawnComplaint {
  readonly receivedAt: string;
  readonly decidedAt: string | null;
  readonly toldAt: string | null;
  readonly closedAt: string | null;
  readonly clock: { readonly dueOn: string; readonly segments: readonly ClockSegment[] };
}

/** What happened when, as marks on the line; `today` is the date in the complaint's zone. */
export function clockFactsOf(complaint: DrawnComplaint, today: string, label: (kind: MarkKind, on: string) => string): ClockFacts {
  const { clock, receivedAt, decidedAt, toldAt, closedAt } = complaint;
  const marks: ClockMark[] = [];
  const mark = (kind: MarkKind, on: string): void => void marks.push({ kind, on, label: label(kind, on) });
  mark('received', localDate(receivedAt));
  for (const segment of clock.segments) if (segment.cause === 'restart') mark('restart', segment.from);
  if (decidedAt !== null) mark('decided', localDate(decidedAt));
  if (toldAt !== null) mark('told', localDate(toldAt));
  if (closedAt !== null && toldAt === null) mark('closed', localDate(closedAt));
  if (closedAt === null) mark('today', today);
  mark('due', clock.dueOn);
  return { segments: clock.segments, dueOn: clock.dueOn, until: closedAt === null ? today : localDate(closedAt), marks };
}
