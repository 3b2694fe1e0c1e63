import fc from 'fast-check';
import { waitMs } from './limits.ts';

const now = new Date('2026-11-21T15:00:00+08:00');
const before = (ms: number): Date => new Date(now.getTime() - ms);

describe('a limit', () => {
  it('lets so many in, and says when the next may come', () => {
    const limit = { windowMs: 1000, most: 2 };
    expect(waitMs([], limit, now)).toBe(0);
    expect(waitMs([before(10)], limit, now)).toBe(0);
    expect(waitMs([before(10), before(900)], limit, now)).toBe(100);
    expect(waitMs([before(10), before(1000)], limit, now)).toBe(0);
  });

  it('is over when it says, and not a millisecond before', () => {
    const ages = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 12 });
    fc.assert(
      fc.property(ages, fc.integer({ min: 1, max: 5 }), (of, most) => {
        const limit = { windowMs: 2000, most };
        const wait = waitMs(of.map(before), limit, now);
        const later = (ms: number): Date => new Date(now.getTime() + ms);
        expect(waitMs(of.map(before), limit, later(wait))).toBe(0);
        if (wait > 0) expect(waitMs(of.map(before), limit, later(wait - 1))).toBe(1);
      }),
    );
  });
});
