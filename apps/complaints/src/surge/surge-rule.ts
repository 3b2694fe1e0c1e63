/** How a surge is told from chance; an institution sets it in versions. */
export interface SurgeSettings {
  /** Fewer in a window are never one. */
  readonly minCount: number;
  /** At least so many percent of what is usual. */
  readonly minRatioPercent: number;
  /** More than usual by so many times the spread of the past. */
  readonly spreads: number;
  /** And less likely than one in so many, if they came as they always do. */
  readonly oneIn: number;
  /** The days before a window that say what is usual. */
  readonly baselineDays: number;
  /** With a shorter past than this nothing is judged. */
  readonly minPastDays: number;
  /** Whose days are counted. */
  readonly timeZone: string;
}

/** The lengths of time that are looked at, in local days: today so far, and the last seven days. */
export const WINDOWS = [1, 7] as const;

/** Local days are numbered: days since 1970-01-01. */
export interface DayCount {
  readonly day: number;
  readonly count: number;
}

export interface Window {
  readonly endsOn: number;
  readonly days: number;
}

/** What is known of one cause, area, region or agency. */
export interface Past {
  /** Days on which none came may be left out. */
  readonly counts: readonly DayCount[];
  /** The first day on which the institution received anything: before it there is no past. */
  readonly since: number;
}

export interface Basis {
  readonly pastDays: number;
  readonly pastCount: number;
  /** Usual on a working day, and on a day off. */
  readonly workRate: number;
  readonly offRate: number;
  /** How much more the days of the past differ than chance alone makes them; 1: no more. */
  readonly dispersion: number;
}

export interface Judged {
  readonly count: number;
  readonly expected: number;
  readonly spread: number;
  /** How likely so many or more are, if they came as they always do. */
  readonly chance: number;
  readonly basis: Basis;
  readonly isSurge: boolean;
}

export type IsWorkingDay = (day: number) => boolean;

// Of what has never come on such a day, half a one in all of them is expected: else the first would be infinitely unlikely.
const PRIOR = 0.5;

const DIGITS = 1e-17;

function logFactorial(n: number): number {
  let sum = 0;
  for (let i = 2; i <= n; i += 1) sum += Math.log(i);
  return sum;
}

/** P(X >= k) of a Poisson distribution, by its terms from k upwards. */
export function poissonAtLeast(k: number, mean: number): number {
  if (k <= 0) return 1;
  if (k <= mean) {
    let below = 0;
    for (let i = 0, term = -mean; i < k; i += 1, term += Math.log(mean / i)) below += Math.exp(term);
    return Math.max(0, 1 - below);
  }
  let term = Math.exp(k * Math.log(mean) - mean - logFactorial(k));
  let sum = 0;
  for (let i = k + 1; term > sum * DIGITS; i += 1) {
    sum += term;
    term *= mean / i;
  }
  return Math.min(1, sum);
}

/** Null: there is too little past to judge by. */
function basisOf({ counts, since }: Past, past: Window, works: IsWorkingDay, { minPastDays }: SurgeSettings): Basis | null {
  const from = Math.max(past.endsOn - past.days + 1, since);
  const pastDays = past.endsOn - from + 1;
  if (pastDays < minPastDays) return null;
  const byDay = new Map(counts.map(({ day, count }) => [day, count]));
  const kinds = { work: { days: 0, sum: 0, squares: 0 }, off: { days: 0, sum: 0, squares: 0 } };
  for (let day = from; day <= past.endsOn; day += 1) {
    const kind = works(day) ? kinds.work : kinds.off;
    const count = byDay.get(day) ?? 0;
    kind.days += 1;
    kind.sum += count;
    kind.squares += count * count;
  }
  const all = Object.values(kinds);
  const pastCount = all.reduce((sum, kind) => sum + kind.sum, 0);
  // Pearson's: the squares of the distances from the mean, in units of the mean.
  const chi = all.reduce((sum, kind) => sum + (kind.sum === 0 ? 0 : (kind.squares * kind.days) / kind.sum - kind.sum), 0);
  const free = all.reduce((sum, kind) => sum + Math.max(0, kind.days - 1), 0);
  const rate = ({ days, sum }: { days: number; sum: number }): number =>
    days === 0 ? (pastCount + PRIOR) / pastDays : (sum + PRIOR) / days;
  return {
    pastDays,
    pastCount,
    workRate: rate(kinds.work),
    offRate: rate(kinds.off),
    dispersion: Math.max(1, free === 0 ? 1 : chi / free),
  };
}

/**
 * Whether the count of a window is beyond the usual: enough of them, so many times what is usual, beyond the spread of the past, and too unlikely for chance.
 * What is usual is the rate of the days before the window, working days and days off each by their own. A day that is not over is compared with a
 * whole one: a surge is seen later so, never sooner. Null: the past is too short to say.
 */
export function judgeSurge(past: Past, window: Window, works: IsWorkingDay, settings: SurgeSettings): Judged | null {
  const first = window.endsOn - window.days + 1;
  const basis = basisOf(past, { endsOn: first - 1, days: settings.baselineDays }, works, settings);
  if (basis === null) return null;
  let expected = 0;
  for (let day = first; day <= window.endsOn; day += 1) expected += works(day) ? basis.workRate : basis.offRate;
  const count = past.counts.reduce((sum, one) => sum + (one.day >= first && one.day <= window.endsOn ? one.count : 0), 0);
  const spread = Math.sqrt(expected * basis.dispersion);
  const chance = poissonAtLeast(count, expected);
  const isSurge =
    count >= settings.minCount &&
    count * 100 >= expected * settings.minRatioPercent &&
    count > expected + settings.spreads * spread &&
    chance * settings.oneIn <= 1;
  return { count, expected, spread, chance, basis, isSurge };
}
