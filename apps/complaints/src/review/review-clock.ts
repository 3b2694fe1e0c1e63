import type { Zone } from '#contact-rules';
import { dueAfter } from '../aftercare/aftercare.desk.ts';

// CMP20 20: the complainant asks within 30 days of receiving the decision, the superior decides within 30 days of receiving the request. Days are
// natural days, the day of receipt is day 0, bounds inclusive (CMP20 43).
const REQUEST_DAYS = 30;
const DECIDE_DAYS = 30;

export interface ReviewWindow {
  /** The last day on which it may be asked for, inclusive. */
  readonly endsOn: string;
  /** The instant at which that day ends. */
  readonly endsAt: Date;
}

/** Until when a review may be asked for, of a decision that the complainant received at an instant. */
export function reviewWindow(zone: Zone, toldAt: Date): ReviewWindow {
  const { dueOn, dueAt } = dueAfter(zone, toldAt, REQUEST_DAYS);
  return { endsOn: dueOn, endsAt: dueAt };
}

/** By when the superior decides and tells, of a request that was received at an instant. */
export const reviewDue = (zone: Zone, receivedAt: Date): { readonly dueOn: string; readonly dueAt: Date } =>
  dueAfter(zone, receivedAt, DECIDE_DAYS);
