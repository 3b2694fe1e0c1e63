/** How a surge is told from chance. */
export interface SurgeSettings {
  /** Fewer are never one. */
  readonly minCount: number;
  /** More than the mean by so many times the spread. */
  readonly spreads: number;
  /** And less likely than one in so many, if they came as they always do. */
  readonly oneIn: number;
}

export const OUR_SURGE: SurgeSettings = { minCount: 5, spreads: 3, oneIn: 1000 };

/** The lengths of time that are looked at, in hours. */
export const WINDOWS = [24, 168] as const;
/** Against so many days before them. */
export const PAST_DAYS = 56;

export interface Past {
  readonly count: number;
  /** Over the stretches of the past that are as long as the window. */
  readonly mean: number;
  readonly variance: number;
}

export interface Judged {
  readonly expected: number;
  readonly spread: number;
  /** A bound of the chance to see so many or more. */
  readonly chance: number;
  readonly isSurge: boolean;
}

// Of what has never come before, half a one is expected: else the first would be infinitely unlikely.
const LEAST_EXPECTED = 0.5;

/** Chernoff's bound of the upper tail of a Poisson distribution: P(X >= k) <= exp(k - mean - k ln(k / mean)) for k > mean. */
export const tailBound = (k: number, mean: number): number => (k <= mean ? 1 : Math.min(1, Math.exp(k - mean - k * Math.log(k / mean))));

/** Whether a count is beyond the usual: enough of them, beyond the spread of the past, and too unlikely for chance. */
export function judge({ count, mean, variance }: Past, { minCount, spreads, oneIn }: SurgeSettings): Judged {
  const expected = Math.max(mean, LEAST_EXPECTED);
  // Never less than chance alone makes it.
  const spread = Math.sqrt(Math.max(variance, expected));
  const chance = tailBound(count, expected);
  return { expected, spread, chance, isSurge: count >= minCount && count > expected + spreads * spread && chance <= 1 / oneIn };
}
