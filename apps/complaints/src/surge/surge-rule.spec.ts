import fc from 'fast-check';
import { judgeSurge, poissonAtLeast, WINDOWS, type DayCount, type SurgeSettings } from './surge-rule.ts';

const SETTINGS: SurgeSettings = {
  minCount: 5,
  minRatioPercent: 200,
  spreads: 3,
  oneIn: 10_000,
  baselineDays: 56,
  minPastDays: 14,
  timeZone: 'Asia/Shanghai',
};
// 1970-01-01 was a Thursday.
const works = (day: number): boolean => ![2, 3].includes(day % 7);
const TODAY = 20_000;

/** Day by day from a list, without sums of squares and without logarithms. */
function naive(daily: readonly number[], windowDays: number, settings: SurgeSettings): boolean | null {
  const days = daily.map((count, at) => ({ count, day: TODAY - daily.length + 1 + at }));
  const window = days.slice(-windowDays);
  const past = days.slice(0, -windowDays).slice(-settings.baselineDays);
  if (past.length < settings.minPastDays) return null;
  const meanOf = (isWork: boolean): number => {
    const same = past.filter(({ day }) => works(day) === isWork);
    return same.reduce((sum, { count }) => sum + count, 0) / same.length;
  };
  const usual = (day: number): number => {
    const same = past.filter((one) => works(one.day) === works(day)).length;
    return meanOf(works(day)) + 0.5 / same;
  };
  const expected = window.reduce((sum, { day }) => sum + usual(day), 0);
  const count = window.reduce((sum, one) => sum + one.count, 0);
  let chi = 0;
  for (const one of past) {
    const mean = meanOf(works(one.day));
    if (mean > 0) chi += (one.count - mean) ** 2 / mean;
  }
  const dispersion = Math.max(1, chi / (past.length - 2));
  let probability = Math.exp(-expected);
  let tail = 0;
  for (let i = 0; i < count + 400; i += 1) {
    if (i >= count) tail += probability;
    probability *= expected / (i + 1);
  }
  const isFar = count > expected + settings.spreads * Math.sqrt(expected * dispersion);
  return count >= settings.minCount && count >= (expected * settings.minRatioPercent) / 100 && isFar && tail <= 1 / settings.oneIn;
}

const countsOf = (daily: readonly number[]): DayCount[] =>
  daily.map((count, at) => ({ count, day: TODAY - daily.length + 1 + at })).filter(({ count }) => count > 0);
const judge = (daily: readonly number[], days: number, settings = SETTINGS) =>
  judgeSurge({ counts: countsOf(daily), since: TODAY - daily.length + 1 }, { endsOn: TODAY, days }, works, settings);

const daily = fc.tuple(
  fc.array(fc.nat(6), { minLength: 14, maxLength: 90 }),
  fc.array(fc.oneof(fc.nat(8), fc.nat(40)), { minLength: 7, maxLength: 7 }),
);
const settings = fc.record({
  minCount: fc.integer({ min: 1, max: 12 }),
  minRatioPercent: fc.integer({ min: 100, max: 500 }),
  spreads: fc.integer({ min: 1, max: 6 }),
  oneIn: fc.constantFrom(100, 1000, 10_000),
  baselineDays: fc.integer({ min: 21, max: 70 }),
  minPastDays: fc.integer({ min: 14, max: 28 }),
  timeZone: fc.constant('Asia/Shanghai'),
});

describe('a surge', () => {
  it('is what day by day counting finds', () => {
    let found = 0;
    fc.assert(
      fc.property(daily, settings, fc.constantFrom(...WINDOWS), ([past, last], given, days) => {
        const all = [...past, ...last];
        const wanted = naive(all, days, given);
        if (wanted) found += 1;
        expect(judge(all, days, given)?.isSurge ?? null).toBe(wanted);
      }),
      { numRuns: 400 },
    );
    // Of both kinds, or the comparison would show nothing.
    expect(found).toBeGreaterThan(20);
  });

  it('is one all the more with one more in the window, and the less with one more in the past', () =>
    fc.assert(
      fc.property(daily, fc.constantFrom(...WINDOWS), fc.nat(), ([past, last], days, at) => {
        const more = (counts: readonly number[], where: number): number[] => counts.map((count, n) => (n === where ? count + 1 : count));
        const before = judge([...past, ...last], days);
        const after = judge([...past, ...more(last, 6)], days);
        expect(!before?.isSurge || after?.isSurge).toBe(true);
        const fuller = judge([...more(past, at % past.length), ...last], 7);
        expect(fuller?.expected ?? 0).toBeGreaterThanOrEqual(judge([...past, ...last], 7)?.expected ?? 0);
      }),
    ));

  it('does not depend on what lies before the past, nor on what comes after the window', () =>
    fc.assert(
      fc.property(daily, fc.array(fc.nat(50), { maxLength: 20 }), ([past, last], far) => {
        const counts = countsOf([...past, ...last]);
        const since = TODAY - 300;
        const strange = far.flatMap((count, at) => [
          { count, day: TODAY - 64 - at },
          { count, day: TODAY + 1 + at },
        ]);
        const near = counts.filter(({ day }) => day > TODAY - 63);
        expect(judgeSurge({ counts: [...near, ...strange], since }, { endsOn: TODAY, days: 7 }, works, SETTINGS)).toEqual(
          judgeSurge({ counts: near, since }, { endsOn: TODAY, days: 7 }, works, SETTINGS),
        );
      }),
    ));
});

describe('by hand', () => {
  const quiet = (days: number): number[] => Array.from({ length: days }, () => 0);

  it('the first five of something in a day are one, four are not', () => {
    expect(judge([...quiet(56), 5], 1)).toMatchObject({ count: 5, isSurge: true, basis: { pastCount: 0, pastDays: 56, dispersion: 1 } });
    expect(judge([...quiet(56), 4], 1)?.isSurge).toBe(false);
  });

  it('what comes every weekday is none, and the same number on a day off is one', () => {
    const busy = (endsOn: number): DayCount[] =>
      Array.from({ length: 71 }, (_, at) => endsOn - 70 + at).flatMap((day) => (works(day) || day === endsOn ? [{ day, count: 9 }] : []));
    // TODAY is a Friday.
    expect(works(TODAY) && !works(TODAY + 2)).toBe(true);
    const on = (endsOn: number) => judgeSurge({ counts: busy(endsOn), since: 0 }, { endsOn, days: 1 }, works, SETTINGS);
    expect(on(TODAY)?.isSurge).toBe(false);
    expect(on(TODAY + 2)?.isSurge).toBe(true);
    // Over a week both rates are mixed as the days are.
    const week = judgeSurge({ counts: busy(TODAY), since: 0 }, { endsOn: TODAY, days: 7 }, works, SETTINGS);
    expect(week?.expected).toBeCloseTo(45, 0);
  });

  it('a restless past takes more than a calm one', () => {
    const calm = Array.from({ length: 56 }, () => 2);
    const restless = Array.from({ length: 56 }, (_, at) => (at % 7 === 0 ? 14 : 0));
    expect(judge([...calm, 12], 1)?.isSurge).toBe(true);
    expect(judge([...restless, 12], 1)).toMatchObject({ isSurge: false });
    expect(judge([...restless, 12], 1)?.basis.dispersion).toBeGreaterThan(5);
  });

  it('a past of thirteen days says nothing', () => {
    expect(judge([...quiet(13), 40], 1)).toBeNull();
    expect(judge([...quiet(14), 40], 1)?.isSurge).toBe(true);
  });

  it('the tail of Poisson is as in the tables', () => {
    expect(poissonAtLeast(5, 2)).toBeCloseTo(0.052653, 6);
    expect(poissonAtLeast(10, 3)).toBeCloseTo(0.0011025, 7);
    expect(poissonAtLeast(1, 2)).toBeCloseTo(1 - Math.exp(-2), 12);
    expect(poissonAtLeast(0, 2)).toBe(1);
    expect(poissonAtLeast(3000, 100)).toBeGreaterThanOrEqual(0);
  });
});

it('raises few false alarms where complaints come by chance alone', () => {
  // A congruential generator: the same year of every run. Forty kinds, each at its own rate, weekends at a third.
  let state = 12_345;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state + 0.5) / 2_147_483_648;
  };
  const poisson = (mean: number): number => {
    let [n, left] = [0, Math.exp(-mean)];
    for (let p = random(); p > left; p *= random()) n += 1;
    return n;
  };
  let [alarms, judged] = [0, 0];
  for (let kind = 0; kind < 40; kind += 1) {
    const rate = 0.1 + kind * 0.25;
    const counts = Array.from({ length: 421 }, (_, day) => ({ day, count: poisson(works(day) ? rate : rate / 3) }));
    for (let endsOn = 57; endsOn <= 420; endsOn += 1) {
      const near = counts.slice(endsOn - 56, endsOn + 1);
      judged += 1;
      if (judgeSurge({ counts: near, since: 0 }, { endsOn, days: 1 }, works, SETTINGS)?.isSurge) alarms += 1;
    }
  }
  expect(judged).toBe(14_560);
  expect(alarms).toBeLessThanOrEqual(2);
});
