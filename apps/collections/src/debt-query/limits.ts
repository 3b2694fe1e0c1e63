/** How often may be asked: by one address, for one case, with one number; whether there is such a case or not. */
export const LIMITS = [
  { of: 'ip', windowMs: 3_600_000, most: 10 },
  { of: 'case', windowMs: 3_600_000, most: 3 },
  { of: 'case', windowMs: 86_400_000, most: 6 },
  { of: 'phone', windowMs: 3_600_000, most: 3 },
  { of: 'phone', windowMs: 86_400_000, most: 6 },
] as const;

export type LimitedBy = (typeof LIMITS)[number]['of'];

/** When each of the questions before was asked, in any order. */
export type AskedBefore = Readonly<Record<LimitedBy, readonly Date[]>>;

/** How long until one more may be asked; 0: now. */
export function waitMs(before: AskedBefore, now: Date): number {
  const waits = LIMITS.map(({ of, windowMs, most }) => {
    const within = before[of].map((at) => at.getTime()).filter((at) => at > now.getTime() - windowMs);
    // The newest of those that have to fall out of the window first.
    const [last] = within.toSorted((a, b) => b - a).slice(most - 1);
    return last === undefined ? 0 : last + windowMs - now.getTime();
  });
  return Math.max(0, ...waits);
}
