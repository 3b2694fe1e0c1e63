import { barsOf } from './due-bars.ts';

describe('the bars of the due dates', () => {
  it('has one for each day from the oldest, also where nothing is due', () => {
    const bars = barsOf(
      [
        { dueOn: '2026-11-19', count: 2 },
        { dueOn: '2026-11-23', count: 1 },
        { dueOn: '2027-01-30', count: 9 },
      ],
      '2026-11-21',
    );
    expect(bars.slice(0, 5)).toStrictEqual([
      { dueOn: '2026-11-19', count: 2, isOver: true },
      { dueOn: '2026-11-20', count: 0, isOver: true },
      { dueOn: '2026-11-21', count: 0, isOver: false },
      { dueOn: '2026-11-22', count: 0, isOver: false },
      { dueOn: '2026-11-23', count: 1, isOver: false },
    ]);
    expect(bars.at(-1)?.dueOn).toBe('2026-12-12');
  });

  it('begins today where nothing is overdue', () => {
    expect(barsOf([], '2026-11-21')[0]).toStrictEqual({ dueOn: '2026-11-21', count: 0, isOver: false });
  });
});
