import { keepUntil, keptFor } from './keep-until.ts';

describe('keepUntil', () => {
  it.each([
    ['2026-11-29', 5, '2031-11-29'],
    ['2026-11-29', 2, '2028-11-29'],
    ['2026-02-28', 2, '2028-02-28'],
    ['2028-02-29', 4, '2032-02-29'],
    ['2028-02-29', 2, '2030-02-28'],
    ['2028-02-29', 5, '2033-02-28'],
    ['2096-02-29', 4, '2100-02-28'],
    ['2026-12-31', 2, '2028-12-31'],
  ])('of %s, %i years: %s', (on, years, last) => expect(keepUntil(on, years)).toBe(last));

  it.each([1, 0, -5])('refuses %i years', (years) => expect(() => keepUntil('2026-01-01', years)).toThrow('2 years at least'));
});

describe('keptFor', () => {
  const over = { keepUntil: '2028-11-29', debtCleared: null, held: false };
  it.each([
    ['the last day', over, '2028-11-29', 'term'],
    ['the day after', over, '2028-11-30', null],
    ['long after, with a debt that is not cleared', { ...over, debtCleared: false }, '2040-01-01', 'debt'],
    ['long after, with a debt that is', { ...over, debtCleared: true }, '2040-01-01', null],
    ['before its end, with a debt that is cleared', { ...over, debtCleared: true }, '2027-01-01', 'term'],
    ['held, long after', { ...over, held: true }, '2040-01-01', 'legal-hold'],
    ['held, whatever else binds it', { keepUntil: '2099-01-01', debtCleared: false, held: true }, '2027-01-01', 'legal-hold'],
  ])('%s', (_name, keeping, today, why) => expect(keptFor(keeping, today)).toBe(why));
});
