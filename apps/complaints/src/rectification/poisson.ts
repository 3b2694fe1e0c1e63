/** Two counts, each over its exposure: days, or days times open cases. */
export interface Counts {
  readonly before: number;
  readonly after: number;
  readonly exposureBefore: number;
  readonly exposureAfter: number;
}

export interface Comparison {
  /** Rate after over rate before; null where there was none before. */
  readonly ratio: number | null;
  /** 95 % exact bounds of the ratio; null: no bound. */
  readonly low: number | null;
  readonly high: number | null;
  /** How likely so few after, or fewer, are by chance alone if nothing has changed. */
  readonly pFewer: number;
  /** How likely so many after, or more, are by chance alone if nothing has changed. */
  readonly pMore: number;
}

const TAIL = 0.025;
const HALVINGS = 60;

/** P(X <= k) of a binomial with n draws of probability p, exact but for rounding. */
export function binomialUpTo(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n || p <= 0) return 1;
  if (p >= 1) return 0;
  // Term by term in logarithms, so that large numbers neither vanish nor overflow.
  let term = n * Math.log1p(-p);
  const step = Math.log(p) - Math.log1p(-p);
  let largest = term;
  const terms = [term];
  for (let i = 1; i <= k; i += 1) {
    term += Math.log((n - i + 1) / i) + step;
    terms.push(term);
    largest = Math.max(largest, term);
  }
  const sum = terms.reduce((total, each) => total + Math.exp(each - largest), 0);
  return Math.min(1, Math.exp(largest) * sum);
}

const atLeast = (k: number, n: number, p: number): number => (k <= 0 ? 1 : 1 - binomialUpTo(k - 1, n, p));

/** Where a falling or rising function of a probability passes a value. */
function solve(isAbove: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < HALVINGS; i += 1) {
    const middle = (low + high) / 2;
    if (isAbove(middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/**
 * The exact conditional comparison of two Poisson counts: given how many there were in all, those after are binomial with the share of the exposure
 * that lies after (Przyborowski and Wilenski 1940). Bounds of the ratio by Clopper and Pearson.
 */
export function comparePoisson({ before, after, exposureBefore, exposureAfter }: Counts): Comparison {
  const n = before + after;
  const share = exposureAfter / (exposureBefore + exposureAfter);
  const odds = (q: number): number => (q / (1 - q)) * (exposureBefore / exposureAfter);
  return {
    ratio: before === 0 ? null : after / exposureAfter / (before / exposureBefore),
    low: n === 0 ? null : after === 0 ? 0 : odds(solve((p) => atLeast(after, n, p) > TAIL)),
    high: before === 0 ? null : odds(solve((p) => binomialUpTo(after, n, p) < TAIL)),
    pFewer: binomialUpTo(after, n, share),
    pMore: atLeast(after, n, share),
  };
}

export const VERDICTS = ['shown', 'not-shown', 'too-few', 'worse'] as const;
export type Verdict = (typeof VERDICTS)[number];

const SIGNIFICANT = 0.05;

/**
 * What the counts say of a measure. `expected`: of the complaints after it whose cause is not found yet, so many are reckoned to have this cause; the
 * effect is shown only where they change nothing.
 */
export function verdictOf(counts: Counts, expected: number): { readonly verdict: Verdict; readonly pWithPending: number } {
  const share = counts.exposureAfter / (counts.exposureBefore + counts.exposureAfter);
  const pWithPending = comparePoisson({ ...counts, after: counts.after + expected }).pFewer;
  if (comparePoisson(counts).pMore < SIGNIFICANT) return { verdict: 'worse', pWithPending };
  // Not even none at all after it would be remarkable.
  if (binomialUpTo(0, counts.before, share) >= SIGNIFICANT) return { verdict: 'too-few', pWithPending };
  return { verdict: pWithPending < SIGNIFICANT ? 'shown' : 'not-shown', pWithPending };
}

/** How many of those that wait are reckoned to have the cause: in the proportion of those that are settled, rounded up. */
export const expectedOf = (pending: number, withCause: number, settled: number): number =>
  settled === 0 ? pending : Math.ceil((pending * Math.min(withCause, settled)) / settled);
