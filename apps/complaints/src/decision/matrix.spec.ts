import { DEFAULT_MATRIX, needOf, type Weight } from './matrix.ts';

const weight = (more: Partial<Weight> = {}): Weight => ({
  amount: null,
  currency: null,
  severity: 'ordinary',
  major: false,
  areas: [],
  ...more,
});
const money = (amount: string, currency = 'CNY'): Partial<Weight> => ({ amount, currency });
const said = (more: Partial<Weight>) => {
  const need = needOf(DEFAULT_MATRIX, weight(more));
  return need && [need.role, need.approvers];
};

describe('who has to approve a decision', () => {
  it.each([
    [{}, null],
    [money('0.00'), null],
    [money('1000.00'), null],
    [money('1000.01'), ['complaint-supervisor', 1]],
    [money('50000'), ['complaint-supervisor', 1]],
    [money('50000.0001'), ['head-office-approver', 1]],
    [money('500000.01'), ['head-office-approver', 2]],
    [{ severity: 'serious' }, ['complaint-supervisor', 1]],
    [{ major: true }, ['head-office-approver', 1]],
    [{ ...money('600000'), major: true }, ['head-office-approver', 2]],
    // Nobody can say that it is little.
    [money('1', 'USD'), ['head-office-approver', 2]],
  ] as const)('%j', (more, want) => expect(said(more as Partial<Weight>)).toEqual(want));

  it('an area may have a row of its own, and the strictest of all rows counts in whatever order they stand', () => {
    const own = {
      ...DEFAULT_MATRIX[0],
      amountAbove: null,
      area: 'collection',
      role: 'head-office-approver',
      approvers: 2,
    } as (typeof DEFAULT_MATRIX)[number];
    for (const rows of [
      [own, ...DEFAULT_MATRIX],
      [...DEFAULT_MATRIX, own],
    ])
      expect(needOf(rows, weight({ ...money('2000'), areas: ['collection'] }))).toMatchObject({
        role: 'head-office-approver',
        approvers: 2,
      });
    expect(needOf([own], weight({ areas: ['marketing'] }))).toBeNull();
    expect(needOf([], weight(money('999999999')))).toBeNull();
  });
});
