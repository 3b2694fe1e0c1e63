export interface Limit {
  readonly windowMs: number;
  readonly most: number;
}

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** Forms that one address sends, whatever becomes of them. */
export const FORMS_OF_ADDRESS: Limit = { windowMs: 10 * MINUTE, most: 40 };
/** Complaints of one address. A household, a shop or a phone network may stand behind it, so these are generous. */
export const COMPLAINTS_OF_ADDRESS: readonly Limit[] = [
  { windowMs: HOUR, most: 5 },
  { windowMs: DAY, most: 20 },
];
/** Wrong codes: of one address, of one address for one number, and for one number of all addresses. */
export const CODES_OF_ADDRESS: Limit = { windowMs: 10 * MINUTE, most: 30 };
export const CODES_OF_ADDRESS_AND_NUMBER: Limit = { windowMs: HOUR, most: 10 };
export const CODES_OF_NUMBER: Limit = { windowMs: DAY, most: 100 };
/** Nothing is asked about what lies longer back. */
export const LONGEST_MS = DAY;

export const perHour = (most: number): Limit => ({ windowMs: HOUR, most });

/** How long until one more is within the limit; 0: now. `times` in any order. */
export function waitMs(times: readonly Date[], { windowMs, most }: Limit, now: Date): number {
  const within = times.map((at) => at.getTime()).filter((at) => at > now.getTime() - windowMs);
  // The newest of those that have to fall out of the window first.
  const [last] = within.toSorted((a, b) => b - a).slice(most - 1);
  return last === undefined ? 0 : last + windowMs - now.getTime();
}
