import { isKnown, downloadOf } from './download.ts';
import { datesOf, daysBetween, daysOf, monthBefore, monthsOf, nextDate, periodBefore } from './period.ts';
import { instantsOf } from './scope.ts';

describe('a period', () => {
  it('has both its ends', () => {
    expect(datesOf({ from: '2026-02-27', to: '2026-03-02' })).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
    expect([daysOf({ from: '2024-01-01', to: '2024-12-31' }), daysOf({ from: '2026-10-01', to: '2026-10-01' })]).toEqual([366, 1]);
    expect([nextDate('2026-12-31'), daysBetween('2026-10-31', '2026-11-02')]).toEqual(['2027-01-01', 2]);
  });

  it.each([
    ['2026-11-21', '2026-10-01', '2026-10-31'],
    ['2026-01-01', '2025-12-01', '2025-12-31'],
    ['2024-03-31', '2024-02-01', '2024-02-29'],
  ])('of the month before %s is %s to %s', (date, from, to) => {
    expect(monthBefore(date)).toEqual({ from, to });
  });

  it.each([
    ['2026-10-01', '2026-10-31', '2026-09-01', '2026-09-30'],
    ['2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31'],
    ['2026-01-01', '2026-12-31', '2025-01-01', '2025-12-31'],
    ['2024-03-01', '2024-03-31', '2024-02-01', '2024-02-29'],
    ['2024-02-01', '2024-02-28', '2024-01-04', '2024-01-31'],
    ['2026-10-05', '2026-10-05', '2026-10-04', '2026-10-04'],
    ['2026-10-05', '2026-11-04', '2026-09-04', '2026-10-04'],
  ])('from %s to %s has before it %s to %s', (from, to, first, last) => {
    expect(periodBefore({ from, to })).toEqual({ from: first, to: last });
  });

  it('touches its months', () => {
    expect(monthsOf({ from: '2025-12-31', to: '2026-02-01' })).toEqual(['2025-12', '2026-01', '2026-02']);
  });

  it('begins and ends at midnight in Shanghai', () => {
    const { from, until } = instantsOf({ from: '2026-10-01', to: '2026-10-31' });
    expect([from.toISOString(), until.toISOString()]).toEqual(['2026-09-30T16:00:00.000Z', '2026-10-31T16:00:00.000Z']);
  });
});

describe('a download', () => {
  const file = { name: 'report.pdf', format: 'pdf', upload: 'u', bytes: 3, sha256: 'ab'.repeat(32) } as const;
  const record = { kind: 'complaint-timeliness', from: '2026-10-01', to: '2026-10-31' };

  it('has a name in ASCII and one in Chinese', () => {
    const { disposition, etag, digest } = downloadOf(record, file, "投诉(月)'报", async function* () {});
    expect(disposition).toBe(
      `attachment; filename="complaint-timeliness-2026-10-01-2026-10-31-report.pdf"; filename*=UTF-8''%E6%8A%95%E8%AF%89%28%E6%9C%88%29%27%E6%8A%A5-2026-10-01-2026-10-31.pdf`,
    );
    expect(etag).toBe(`"${'ab'.repeat(32)}"`);
    expect(digest).toMatch(/^sha-256=:[A-Za-z0-9+/]{43}=:$/);
  });

  it('is known by its tag', () => {
    expect([isKnown('"a", W/"b"', '"b"'), isKnown('*', '"b"'), isKnown('"a"', '"b"'), isKnown(undefined, '"b"')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
