import { addDays, daysBetween, instantIn, localTime, todayIn, wallClock } from './dates.ts';

describe('local dates', () => {
  it('counts days across a month and a leap year', () => {
    expect(daysBetween('2026-02-10', '2026-02-25')).toBe(15);
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-09-18', 15)).toBe('2026-10-03');
  });

  it('reads an instant in the zone it was written in, wherever the browser is', () => {
    expect(localTime('2026-02-20T23:59:00+08:00')).toBe('2026-02-20 23:59');
  });

  it('knows the date of a zone at an instant', () => {
    const instant = new Date('2026-02-20T16:00:00Z');
    expect(todayIn('Asia/Shanghai', instant)).toBe('2026-02-21');
    expect(todayIn('America/New_York', instant)).toBe('2026-02-20');
    expect(wallClock('Asia/Shanghai', instant)).toBe('2026-02-21T00:00:00');
  });

  it('writes a wall clock with the offset of its zone', () => {
    expect(instantIn('Asia/Shanghai', '2026-02-20T09:30')).toBe('2026-02-20T09:30:00+08:00');
    expect(instantIn('America/New_York', '2026-07-01T09:30')).toBe('2026-07-01T09:30:00-04:00');
    expect(instantIn('America/New_York', '2026-12-01T09:30:15')).toBe('2026-12-01T09:30:15-05:00');
    expect(instantIn('Asia/Kolkata', '2026-12-01T09:30')).toBe('2026-12-01T09:30:00+05:30');
  });

  it('takes the first of an hour that occurs twice', () => {
    expect(instantIn('America/New_York', '2026-11-01T01:30')).toBe('2026-11-01T01:30:00-04:00');
  });
});
