import { BUCKETS, URGENCY, daysLeftOf, filtersOf, isBucket, withFilters } from './buckets.ts';

describe('buckets', () => {
  it('has an urgency for each', () => {
    expect(BUCKETS.every((bucket) => URGENCY[bucket] !== undefined)).toBe(true);
    expect(isBucket('within-3')).toBe(true);
    expect(isBucket('soon')).toBe(false);
  });

  it('says the days left in words', () => {
    expect(daysLeftOf({ state: 'running', daysLeft: 4 }, false)).toStrictEqual({ key: 'left', days: 4 });
    expect(daysLeftOf({ state: 'running', daysLeft: 0 }, false)).toStrictEqual({ key: 'today' });
    expect(daysLeftOf({ state: 'missed', daysLeft: -3 }, false)).toStrictEqual({ key: 'over', days: 3 });
    expect(daysLeftOf({ state: 'paused', daysLeft: -3 }, false)).toStrictEqual({ key: 'paused' });
    expect(daysLeftOf({ state: 'met', daysLeft: 4 }, true)).toStrictEqual({ key: 'closed' });
  });

  it('keeps filters in the address and leaves the rest of it alone', () => {
    const search = new URLSearchParams('bucket=today&handler=me&category=+');
    expect(filtersOf(search)).toStrictEqual({ handler: 'me' });
    expect(withFilters(search, { agencyId: 'a-1' }).toString()).toBe('bucket=today&agencyId=a-1');
  });
});
