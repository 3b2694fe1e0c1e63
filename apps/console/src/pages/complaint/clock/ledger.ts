import type { TimelineItem } from '../wire.ts';
import { localDate } from '../dates.ts';
import { inZone } from '../../../ui/time.ts';
import type { ClockSegment } from './layout.ts';

/** A stretch of the clock, and who brought it about. */
export interface LedgerLine {
  readonly segment: ClockSegment;
  /** Subject, `system`, or null where nobody in the timeline did. */
  readonly actor: string | null;
  /** What the actor recorded. */
  readonly event: string | null;
}

const REGISTERED = ['registered', 'imported', 'reopening-of'];
/** Which events bring a stretch about: the first kind that there is. */
const CAUSED_BY: Readonly<Record<string, readonly string[]>> = {
  pause: ['paused'],
  restart: ['new-facts'],
  agreed: ['agreed'],
  'decide-complex': ['declared-complex', 'extended'],
  'decide-special': ['extended'],
  final: ['extended', 'declared-complex'],
};
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Each stretch with the event that caused it: of several the last one that lies before the stretch begins to be needed. */
export function ledgerOf(segments: readonly ClockSegment[], items: readonly TimelineItem[], timeZone: string): LedgerLine[] {
  const events = items
    .filter(({ kind }) => kind === 'clock-event')
    .map(({ actor, data }) => ({ actor, type: text(data.type), on: localDate(inZone(text(data.at), timeZone)) }));
  const began = items.find(({ kind }) => REGISTERED.includes(kind)) ?? null;
  return segments.map((segment) => {
    if (segment.cause === 'overdue') return { segment, actor: 'system', event: null };
    const types = CAUSED_BY[segment.cause];
    if (!types) return { segment, actor: began?.actor ?? null, event: null };
    // A pause and a new beginning start on the day of their event; a longer term is granted before it is needed.
    const isOnDay = ['pause', 'restart', 'agreed'].includes(segment.cause);
    const cause = events.findLast(({ type, on }) => types.includes(type) && (isOnDay ? on === segment.from : on <= segment.from));
    return { segment, actor: cause?.actor ?? null, event: cause?.type ?? null };
  });
}
