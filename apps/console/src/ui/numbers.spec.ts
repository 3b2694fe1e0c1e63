import { formatBytes, formatMoney, formatPercent } from './numbers.ts';

describe('numbers as people read them', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1500, '1.5 KB'],
    [123_456_789, '123 MB'],
    [9_870_000_000, '9.9 GB'],
  ])('bytes: %i', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it('groups an amount and keeps its decimals as they came', () => {
    expect(formatMoney({ amount: '1234567.50', currency: 'CNY' })).toBe('¥1,234,567.50');
    expect(formatMoney({ amount: '-12', currency: 'USD' })).toBe('−USD 12');
    expect(formatMoney({ amount: '99999999999999999999.01', currency: 'CNY' })).toBe('¥99,999,999,999,999,999,999.01');
  });

  it('has no share of nothing', () => {
    expect(formatPercent(1, 3, 'zh')).toBe('33.3%');
    expect(formatPercent(0, 0, 'en')).toBe('0%');
  });
});
