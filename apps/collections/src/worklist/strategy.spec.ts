import { DEFAULT_STRATEGIES } from './default-strategies.ts';
import { isWithin, shareOf, stageOf, whyOf, type WorkFacts } from './strategy.ts';

const facts: WorkFacts = { days: 45, balance: '5000.00', hours: 48, promise: null, followUpDue: false };

describe('stageOf', () => {
  it.each([
    [0, null],
    [1, 'M1'],
    [30, 'M1'],
    [31, 'M2'],
    [60, 'M2'],
    [61, 'M3'],
    [180, 'M6'],
    [181, 'M6+'],
    [4000, 'M6+'],
  ])('%i days', (days, stage) => expect(stageOf(days)).toBe(stage));
});

describe('shareOf', () => {
  it('is from 0 to 1, whatever the case', () => {
    for (const one of [
      facts,
      { ...facts, days: 9999, balance: '999999999.00', hours: 99_999 },
      { ...facts, days: -1, balance: '-3', hours: 0 },
    ])
      for (const key of ['amount', 'overdue', 'since-contact', 'follow-up'] as const) {
        expect(shareOf(key, one)).toBeGreaterThanOrEqual(0);
        expect(shareOf(key, one)).toBeLessThanOrEqual(1);
      }
  });

  it('counts silence in steps, and no contact at all as the longest', () => {
    expect(shareOf('since-contact', { ...facts, hours: 11.9 })).toBe(shareOf('since-contact', { ...facts, hours: 6 }));
    expect(shareOf('since-contact', { ...facts, hours: null })).toBe(1);
  });
});

describe('whyOf', () => {
  it('names what counted, the most first', () => {
    const order = [
      { key: 'overdue', weight: 10 },
      { key: 'follow-up', weight: 50 },
      { key: 'promise-broken', weight: 40 },
      { key: 'best-time', weight: 5 },
    ] as const;
    expect(whyOf(order, { ...facts, followUpDue: true }, true)).toEqual([
      { key: 'follow-up', weight: 50, points: 50 },
      { key: 'best-time', weight: 5, points: 5 },
      { key: 'overdue', weight: 10, points: 2.5 },
    ]);
  });
});

describe('isWithin', () => {
  it.each([
    ['18:00', '18:00', '20:00', true],
    ['20:00', '18:00', '20:00', false],
    ['23:30', '22:00', '08:00', true],
    ['07:59', '22:00', '08:00', true],
    ['08:00', '22:00', '08:00', false],
  ])('%s in %s to %s', (time, from, to, within) => expect(isWithin(time, { from, to })).toBe(within));
});

it('the product’s own strategies have names in both languages and an order', () => {
  for (const { strategyId, content } of DEFAULT_STRATEGIES) {
    expect(content.name.zh).toMatch(/\p{Script=Han}/u);
    expect(content.name.en).toMatch(/^[A-Z]/);
    expect(content.order.length).toBeGreaterThan(0);
    expect(strategyId).toMatch(/^[a-z0-9-]+$/);
  }
});
