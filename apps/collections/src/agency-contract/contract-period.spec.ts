import { overlaps, periodOn } from './contract-period.ts';

const year = (from: number, to = from) => ({ from: `${from}-01-01`, to: `${to}-12-31` });

describe('the period of the contracts', () => {
  it('is the one in force, with those that follow it without a gap', () => {
    expect(periodOn('2026-06-01', [year(2027), year(2026)])).toEqual(year(2026, 2027));
    expect(periodOn('2026-12-31', [year(2026), { from: '2027-01-02', to: '2027-12-31' }])).toEqual(year(2026));
  });

  it('in a gap is the next, behind all of them the last', () => {
    expect(periodOn('2027-01-01', [year(2026), { from: '2027-01-02', to: '2027-12-31' }])).toEqual({
      from: '2027-01-02',
      to: '2027-12-31',
    });
    expect(periodOn('2030-01-01', [year(2025), year(2027)])).toEqual(year(2027));
    expect(periodOn('2026-01-01', [])).toBeNull();
  });

  it('overlaps another that shares a day with it', () => {
    expect(overlaps(year(2026), { from: '2026-12-31', to: '2027-06-30' })).toBe(true);
    expect(overlaps(year(2026), year(2027))).toBe(false);
  });
});
