import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { nextDate, type Period } from './period.ts';
import type { ReportScope } from './report-kind.ts';

/** The days of a report are those of the product's zone, where its schedule names no other. */
export const ZONE = DEFAULT_TIME_ZONE;

/** The period as instants, [from, until). */
export function instantsOf({ from, to }: Period, timeZone = ZONE): { from: Date; until: Date } {
  const zone = Zone.of(timeZone);
  return { from: new Date(zone.dateStart(from)), until: new Date(zone.dateStart(nextDate(to))) };
}

export interface ScopeOptions {
  readonly timeZone?: string;
  readonly subject?: string | null;
}

/** As a document says an instant: to the second, in its zone. */
export const saidAt = (instant: Date, timeZone: string): string => Zone.of(timeZone).format(Math.floor(instant.getTime() / 1000) * 1000);

export function scopeOf(
  institutionId: string,
  period: Period,
  now: Date,
  { timeZone = ZONE, subject = null }: ScopeOptions = {},
): ReportScope {
  return { institutionId, period, timeZone, ...instantsOf(period, timeZone), now, generatedAt: saidAt(now, timeZone), subject };
}
