import { owedAt, periodAfter, periodAround, runAt } from './schedule.periods.ts';

it.each([
  ['monthly', '2024-02-29', '2024-02-01', '2024-02-29', '2024-03-01'],
  ['monthly', '2026-12-31', '2026-12-01', '2026-12-31', '2027-01-01'],
  ['quarterly', '2026-01-01', '2026-01-01', '2026-03-31', '2026-04-01'],
  ['quarterly', '2026-06-30', '2026-04-01', '2026-06-30', '2026-07-01'],
  ['quarterly', '2026-11-15', '2026-10-01', '2026-12-31', '2027-01-01'],
  ['yearly', '2024-02-29', '2024-01-01', '2024-12-31', '2025-01-01'],
] as const)('%s around %s is %s to %s, then from %s', (frequency, date, from, to, next) => {
  expect(periodAround(frequency, date)).toEqual({ from, to });
  expect(periodAfter(frequency, { from, to }).from).toBe(next);
});

it.each([
  // Midnight in Shanghai; a month end after a February of 29 days.
  ['2024-02-29', 0, 'Asia/Shanghai', '2024-02-29T16:00:00.000Z'],
  ['2026-10-31', 3, 'Asia/Shanghai', '2026-11-03T16:00:00.000Z'],
  // New York on both sides of a change of the clock.
  ['2026-10-31', 0, 'America/New_York', '2026-11-01T04:00:00.000Z'],
  ['2026-10-31', 1, 'America/New_York', '2026-11-02T05:00:00.000Z'],
  ['2026-03-31', 0, 'Europe/Berlin', '2026-03-31T22:00:00.000Z'],
  ['2026-12-31', 0, 'Europe/Berlin', '2026-12-31T23:00:00.000Z'],
  // Where the clock goes forward at midnight, the day begins at one.
  ['2026-09-05', 0, 'America/Santiago', '2026-09-06T04:00:00.000Z'],
])('what ends on %s is made %d days later in %s, at %s', (to, delay, zone, at) => {
  expect(runAt({ from: to, to }, delay, zone).toISOString()).toBe(at);
});

it('owes nothing an instant before, one at it, and each period once after years', () => {
  const october = periodAround('monthly', '2026-10-10');
  const owed = (now: string) => owedAt('monthly', october, 0, 'Asia/Shanghai', new Date(now));
  expect(owed('2026-10-31T23:59:59.999+08:00')).toEqual({ due: [], next: october });
  expect(owed('2026-11-01T00:00:00+08:00').due).toEqual([october]);
  const late = owed('2027-03-01T00:00:00+08:00');
  expect(late.due.map(({ from }) => from)).toEqual(['2026-10-01', '2026-11-01', '2026-12-01', '2027-01-01', '2027-02-01']);
  expect(late.next.from).toBe('2027-03-01');
  // Many years come in several goes, and none is left out between.
  const first = owed('2040-01-01T00:00:00+08:00');
  const second = owedAt('monthly', first.next, 0, 'Asia/Shanghai', new Date('2040-01-01T00:00:00+08:00'));
  expect(new Set([...first.due, ...second.due].map(({ from }) => from)).size).toBe(first.due.length + second.due.length);
  expect(second.due[0]?.from).toBe(periodAfter('monthly', first.due.at(-1) ?? october).from);
});
