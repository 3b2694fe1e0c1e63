import { Temporal } from 'temporal-polyfill';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';

/** The last local day on which the law asks for what belongs to the complaint; null: it is not over, and nobody knows. */
export function keptUntil({ closedAt, timeZone }: Pick<ComplaintRecord, 'closedAt' | 'timeZone'>, years: number): string | null {
  if (closedAt === null) return null;
  return Temporal.Instant.from(closedAt.toISOString()).toZonedDateTimeISO(timeZone).toPlainDate().add({ years }).toString();
}

/** Whether that day is over. */
export function isFree(complaint: Pick<ComplaintRecord, 'closedAt' | 'timeZone'>, years: number, now: Date): boolean {
  const until = keptUntil(complaint, years);
  const today = Temporal.Instant.from(now.toISOString()).toZonedDateTimeISO(complaint.timeZone).toPlainDate().toString();
  return until !== null && today > until;
}
