import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { nextDate, type Period } from './period.ts';
import type { ReportScope } from './report-kind.ts';

/** Institutions have no zone of their own yet: days of a report are those of the product's. */
export const ZONE = DEFAULT_TIME_ZONE;

/** The period as instants, [from, until). */
export function instantsOf({ from, to }: Period): { from: Date; until: Date } {
  const zone = Zone.of(ZONE);
  return { from: new Date(zone.dateStart(from)), until: new Date(zone.dateStart(nextDate(to))) };
}

export function scopeOf(institutionId: string, period: Period, now: Date): ReportScope {
  const generatedAt = Zone.of(ZONE).format(Math.floor(now.getTime() / 1000) * 1000);
  return { institutionId, period, timeZone: ZONE, ...instantsOf(period), now, generatedAt };
}
