import fc from 'fast-check';
import { binomialUpTo, comparePoisson, expectedOf, verdictOf } from './poisson.ts';

const equal = (before: number, after: number) => ({ before, after, exposureBefore: 30, exposureAfter: 30 });

/** By Pascal's triangle, whose numbers are whole. */
function exact(k: number, n: number): number {
  let row = [1n];
  for (let i = 0; i < n; i += 1) row = [1n, ...row.slice(1).map((value, at) => value + (row[at] ?? 0n)), 1n];
  return Number((row.slice(0, k + 1).reduce((sum, value) => sum + value, 0n) * 10n ** 15n) / 2n ** BigInt(n)) / 1e15;
}

describe('a comparison', () => {
  it('is what one reckons by hand', () => {
    expect(comparePoisson(equal(10, 2)).pFewer).toBeCloseTo(79 / 4096, 12);
    expect(comparePoisson(equal(10, 2))).toMatchObject({ ratio: 0.2 });
    // Clopper and Pearson of 2 of 12: 0.0209 to 0.4841.
    expect(comparePoisson(equal(10, 2)).low).toBeCloseTo(0.02086 / 0.97914, 3);
    expect(comparePoisson(equal(10, 2)).high).toBeCloseTo(0.48414 / 0.51586, 3);
  });

  it('is exact for any equal windows', () =>
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (before, after) => {
        expect(comparePoisson(equal(before, after)).pFewer).toBeCloseTo(exact(after, before + after), 9);
      }),
    ));

  it('is the same for days and for days times as many cases, and its bounds hold the ratio', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.nat(80), fc.integer({ min: 1, max: 50 }), (before, after, times) => {
        const one = comparePoisson({ before, after, exposureBefore: 30, exposureAfter: 60 });
        const many = comparePoisson({ before, after, exposureBefore: 30 * times, exposureAfter: 60 * times });
        expect(many.pFewer).toBeCloseTo(one.pFewer, 9);
        expect(one.low ?? 0).toBeLessThanOrEqual(one.ratio ?? 0);
        expect(one.high ?? 0).toBeGreaterThanOrEqual(one.ratio ?? 0);
        expect(one.pFewer + one.pMore).toBeGreaterThanOrEqual(1 - 1e-9);
      }),
      { numRuns: 20 },
    ));

  it('of nothing and of very many has a result', () => {
    expect(comparePoisson(equal(0, 0))).toEqual({ ratio: null, low: null, high: null, pFewer: 1, pMore: 1 });
    expect(comparePoisson(equal(0, 3))).toMatchObject({ ratio: null, high: null });
    const many = comparePoisson(equal(5000, 4700));
    expect(many.pFewer).toBeGreaterThan(0);
    expect(many.pFewer).toBeLessThan(0.01);
    expect(binomialUpTo(5, 3, 0.5)).toBe(1);
    expect(binomialUpTo(-1, 3, 0.5)).toBe(0);
  });
});

describe('a verdict', () => {
  it.each([
    [12, 2, 0, 'shown'],
    [12, 2, 4, 'not-shown'],
    [12, 8, 0, 'not-shown'],
    [4, 0, 0, 'too-few'],
    [5, 0, 0, 'shown'],
    [3, 14, 0, 'worse'],
    [0, 0, 0, 'too-few'],
  ] as const)('of %i before and %i after, %i reckoned besides, is %s', (before, after, expected, verdict) => {
    expect(verdictOf(equal(before, after), expected).verdict).toBe(verdict);
  });

  it('is never made better by more complaints after', () =>
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(20), (before, after, more) => {
        const shown = (count: number): boolean => verdictOf(equal(before, count), 0).verdict === 'shown';
        expect(shown(after) || !shown(after + more)).toBe(true);
      }),
    ));
});

it('those that wait are reckoned in proportion, and all of them where nothing is settled', () => {
  expect([expectedOf(10, 3, 12), expectedOf(0, 3, 12), expectedOf(7, 0, 0), expectedOf(5, 0, 9)]).toEqual([3, 0, 7, 0]);
});
