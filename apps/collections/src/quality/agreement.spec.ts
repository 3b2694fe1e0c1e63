import { cohensKappa, exactAgreement, kappaOfTable, linear } from './agreement.ts';
import { differing, gradeOf, PRODUCT_SHEET, scoreOf, type Marks } from './sheet.ts';

describe('agreement of two reviewers', () => {
  it('is what the textbooks have', () => {
    // Wikipedia, Cohen's kappa: 50 grant proposals, two readers.
    expect(
      kappaOfTable([
        [20, 5],
        [10, 15],
      ]),
    ).toBeCloseTo(0.4, 10);
    // The same article: equal agreement, other chance.
    expect(
      kappaOfTable([
        [45, 15],
        [25, 15],
      ]),
    ).toBeCloseTo(0.1304, 4);
    expect(
      kappaOfTable([
        [25, 35],
        [5, 35],
      ]),
    ).toBeCloseTo(0.2593, 4);
    // Cohen 1968, as in the R package psych: kappa .49, weighted .35.
    const table = [
      [0.44, 0.07, 0.09],
      [0.05, 0.2, 0.05],
      [0.01, 0.03, 0.06],
    ];
    const weights = [
      [0, 1, 3],
      [1, 0, 6],
      [3, 6, 0],
    ];
    expect(kappaOfTable(table)).toBeCloseTo(0.492, 3);
    expect(kappaOfTable(table, (a, b) => weights[a]?.[b] ?? 0)).toBeCloseTo(0.348, 3);
    // Of grades in their order: near misses weigh less.
    expect(
      kappaOfTable(
        [
          [10, 5, 0],
          [0, 10, 5],
          [0, 0, 10],
        ],
        linear,
      ),
    ).toBeCloseTo(0.7143, 4);
  });

  it('is whole where both say the same, and nothing where there is nothing to be said by chance', () => {
    expect(
      cohensKappa(
        [
          ['a', 'a'],
          ['b', 'b'],
        ],
        ['a', 'b'],
      ),
    ).toBe(1);
    expect(
      cohensKappa(
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
        ['a', 'b'],
      ),
    ).toBe(-1);
    expect([cohensKappa([['a', 'a']], ['a', 'b']), cohensKappa([], ['a']), exactAgreement([])]).toEqual([null, null, null]);
    expect(
      exactAgreement([
        ['a', 'a'],
        ['a', 'b'],
      ]),
    ).toBe(0.5);
    expect(() => cohensKappa([['c', 'a']], ['a'])).toThrow('category');
  });
});

describe('a score', () => {
  const all = (mark: 'met' | 'not-met' | 'not-applicable'): Marks => Object.fromEntries(PRODUCT_SHEET.items.map(({ id }) => [id, mark]));
  const but = (more: Marks): Marks => ({ ...all('met'), ...more });

  it('is the share of the weights that apply', () => {
    expect(PRODUCT_SHEET.items.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    expect(scoreOf(PRODUCT_SHEET, all('met'))).toEqual({ score: 100, fatal: false });
    expect(scoreOf(PRODUCT_SHEET, but({ tone: 'not-met' }))).toEqual({ score: 90, fatal: false });
    expect(scoreOf(PRODUCT_SHEET, but({ tone: 'not-met', 'no-threat': 'not-applicable' })).score).toBe(88);
    expect(scoreOf(PRODUCT_SHEET, all('not-applicable'))).toEqual({ score: 100, fatal: false });
  });

  it('is nothing where a fatal item was not met, or not marked', () => {
    expect(scoreOf(PRODUCT_SHEET, but({ 'no-threat': 'not-met' }))).toEqual({ score: 0, fatal: true });
    expect(scoreOf(PRODUCT_SHEET, {})).toEqual({ score: 0, fatal: true });
  });

  it('makes a grade, and shows where two differ', () => {
    expect([0, 59, 60, 79, 80, 100].map((score) => gradeOf({ score, fatal: false }, 80))).toEqual([
      'poor',
      'poor',
      'fair',
      'fair',
      'good',
      'good',
    ]);
    expect(gradeOf({ score: 0, fatal: true }, 80)).toBe('fatal');
    expect(differing(PRODUCT_SHEET, all('met'), but({ tone: 'not-met' }))).toEqual(['tone']);
  });
});
