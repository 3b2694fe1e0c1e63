import { kindOf, monthsOf, toggled } from './days.ts';

const days = { daysOff: ['2026-02-16'], makeUpDays: ['2026-02-14'] };

describe('the days of a year', () => {
  it('are worked, weekends, holidays, or weekends that are worked', () => {
    const kinds = ['2026-02-13', '2026-02-14', '2026-02-15', '2026-02-16'].map((date) => kindOf(date, days));
    expect(kinds).toEqual(['work', 'make-up', 'weekend', 'holiday']);
  });

  it('become something else when they are pressed, and the same again when pressed twice', () => {
    for (const date of ['2026-02-13', '2026-02-14', '2026-02-15', '2026-02-16']) {
      const once = toggled(date, days);
      expect(kindOf(date, once)).not.toBe(kindOf(date, days));
      expect(kindOf(date, toggled(date, once))).toBe(kindOf(date, days));
    }
    expect(toggled('2026-02-17', days).daysOff).toEqual(['2026-02-16', '2026-02-17']);
  });

  it('stand in months whose weeks begin on Monday', () => {
    const months = monthsOf(2028);
    expect(months.map(({ dates }) => dates.length)).toEqual([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    // The first of January 2028 is a Saturday.
    expect(months[0]?.before).toBe(5);
    expect(months[4]).toMatchObject({ month: 5, before: 0 });
  });
});
