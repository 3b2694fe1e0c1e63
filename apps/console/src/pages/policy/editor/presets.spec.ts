import { presetDates } from './presets.ts';

describe('the usual no-contact dates', () => {
  it.each([
    ['eve', '2026-11-22', '2027-02-05', '2027-02-05'],
    // On the day itself it is still this year's, the day after it is the next one's.
    ['eve', '2027-02-05', '2027-02-05', '2027-02-05'],
    ['eve', '2027-02-06', '2028-01-25', '2028-01-25'],
    ['festival', '2027-02-08', '2027-02-05', '2027-02-11'],
    ['exam', '2027-06-10', '2027-06-07', '2027-06-10'],
    ['exam', '2027-06-11', '2028-06-07', '2028-06-10'],
    ['qingming', '2026-11-22', '2027-04-05', '2027-04-05'],
    ['qingming', '2027-11-22', '2028-04-04', '2028-04-04'],
    ['midAutumn', '2026-11-22', '2027-09-15', '2027-09-15'],
  ] as const)('%s from %s on: %s to %s', (preset, today, from, to) => expect(presetDates(preset, today)).toEqual({ from, to }));

  it('has none where people have to say, and none beyond its table', () => {
    expect([presetDates('disaster', '2026-11-22'), presetDates('other', '2026-11-22'), presetDates('eve', '2040-01-01')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
