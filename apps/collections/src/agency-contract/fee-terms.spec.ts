import { feeFaults, type FeeComponent, type FeeKind } from './fee-terms.ts';

const amount = (kind: FeeKind, value: string): FeeComponent => ({ kind, amount: value, percent: null });
const percent = (kind: FeeKind, value: string): FeeComponent => ({ kind, amount: null, percent: value });
const share = percent('share-of-recoveries', '15');
const articles = (components: readonly FeeComponent[]): unknown[] => feeFaults(components).map(({ pointer, source }) => [pointer, source]);

describe('the fees of an agency', () => {
  it.each<[string, FeeComponent[]]>([
    ['a share alone', [share]],
    ['shares of two kinds of debt', [share, percent('share-of-recoveries', '25')]],
    ['a share, and a quality that weighs nothing', [share, percent('quality', '0')]],
    ['a share, and a fixed sum of nothing', [share, amount('fixed-monthly', '0.00'), amount('per-case', '0')]],
  ])('%s is refused with the article', (_what, components) => {
    expect(articles(components)).toEqual([['/feeTerms', 'CC22']]);
  });

  it.each<[string, FeeComponent[]]>([
    ['a share with a quality', [share, percent('quality', '10')]],
    ['a share with a cent a case', [share, amount('per-case', '0.01')]],
    ['a quality bonus in money', [share, amount('quality', '5000')]],
    ['no share at all', [amount('fixed-monthly', '20000')]],
  ])('%s is taken', (_what, components) => {
    expect(feeFaults(components)).toEqual([]);
  });

  it('what is no amount or no percentage is said at its place', () => {
    const wrong = [percent('per-case', '10'), amount('share-of-recoveries', '10'), { kind: 'quality', amount: '1', percent: '1' } as const];
    expect(articles([...wrong, percent('quality', '101'), amount('per-contact', '-1')])).toEqual(
      [0, 1, 2, 3, 4].map((index) => [`/feeTerms/components/${index}`, undefined]),
    );
    expect(articles([percent('quality', '0')])).toEqual([['/feeTerms', undefined]]);
  });
});
