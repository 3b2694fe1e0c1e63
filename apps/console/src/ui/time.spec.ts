import { daysSince, inZone, leftUntil, relative, wallClock } from './time.ts';

const at = '2026-11-21T21:59:30+08:00';
const atMs = Date.parse(at);

describe('instants as people read them', () => {
  it('shows the clock on the wall where the offset says, whatever zone the reader is in', () => {
    expect(wallClock(at)).toEqual({ date: '2026-11-21', time: '21:59', seconds: '30', zone: 'UTC+8' });
    expect(wallClock('2026-01-02T03:04:05.678Z')).toMatchObject({ time: '03:04', zone: 'UTC' });
    expect(wallClock('2026-01-02T03:04:05-03:30')).toMatchObject({ zone: 'UTC−3:30' });
    expect(wallClock('yesterday')).toBeNull();
  });

  it('takes what comes in UTC to a zone', () => {
    expect(inZone('2026-11-21T13:59:30.000Z', 'Asia/Shanghai')).toBe(at);
    expect(inZone('2026-11-21T16:00:00Z', 'Asia/Shanghai')).toBe('2026-11-22T00:00:00+08:00');
    expect(inZone('2026-11-21T16:00:00Z', 'UTC')).toBe('2026-11-21T16:00:00+00:00');
  });

  it.each([
    [0, '现在', 'now'],
    [5 * 60_000, '5分钟前', '5 minutes ago'],
    [-3 * 3_600_000, '3小时后', 'in 3 hours'],
    [26 * 3_600_000, '昨天', 'yesterday'],
    [-10 * 86_400_000, '10天后', 'in 10 days'],
  ])('says how far away: %i ms ago', (ms, zh, en) => {
    expect([relative(at, atMs + ms, 'zh'), relative(at, atMs + ms, 'en')]).toEqual([zh, en]);
  });

  it('counts down to nothing and not below', () => {
    expect(leftUntil(at, atMs - 90_061_000)).toEqual({ days: 1, hours: '01', minutes: '01', seconds: '01' });
    expect(leftUntil(at, atMs - 1)).toMatchObject({ seconds: '01' });
    expect(leftUntil(at, atMs)).toBeNull();
    expect(leftUntil('never', atMs)).toBeNull();
  });

  it('counts days where the debtor lives, where today may be tomorrow', () => {
    const nowMs = Date.parse('2026-11-21T16:30:00Z');
    expect([daysSince('2026-11-20', nowMs, 'Asia/Shanghai'), daysSince('2026-11-20', nowMs, 'UTC')]).toEqual([2, 1]);
  });
});
