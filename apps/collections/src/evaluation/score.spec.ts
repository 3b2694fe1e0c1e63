import type { EvaluationFacts } from './facts.ts';
import { evaluationDue } from './due.ts';
import { monthsOf } from './facts.service.ts';
import { score } from './score.ts';
import { checkWeights, COMPONENTS, DEFAULT_WEIGHTS, type ComponentId, type Weights } from './weights.ts';

const nothing: EvaluationFacts = {
  agencyId: 'a1',
  from: '2026-01-01',
  to: '2026-12-31',
  asked: 0,
  refused: 0,
  refusalsByRule: [],
  lookedBack: 0,
  lookbackFindings: 0,
  calls: 0,
  callFindings: 0,
  cases: 0,
  complaints: 0,
  complaintsReceived: 0,
  complaintsUpheld: 0,
  complaintsAttributed: 0,
  complaintsWithdrawn: 0,
  lateRectifications: 0,
  openCritical: 0,
  staff: 0,
  trainingGaps: 0,
  subContracting: 0,
  promisesSettled: 0,
  promisesKept: 0,
  recoveries: [],
};
const full: EvaluationFacts = {
  ...nothing,
  asked: 10_000,
  refused: 525,
  lookedBack: 1000,
  lookbackFindings: 10,
  calls: 200,
  callFindings: 1,
  cases: 500,
  complaints: 2,
  staff: 10,
  trainingGaps: 1,
  promisesSettled: 10,
  promisesKept: 5,
  recoveries: [{ currency: 'CNY', cases: 500, paid: '100.00', owed: '900.00' }],
};
const part = (facts: EvaluationFacts, id: ComponentId, weights = DEFAULT_WEIGHTS) =>
  score(facts, weights).components.find(({ component }) => component === id);
const weighed = (more: Partial<Record<ComponentId, number>>): Weights => ({
  ...DEFAULT_WEIGHTS,
  components: Object.fromEntries(
    COMPONENTS.map((id) => [id, { ...DEFAULT_WEIGHTS.components[id], weight: more[id] ?? DEFAULT_WEIGHTS.components[id].weight }]),
  ) as unknown as Weights['components'],
});

describe('a score', () => {
  it('shows every part with the numbers it was made of', () => {
    // 525 of 10,000 are 52.5 per 1,000: halfway between 5 (full) and 100 (nothing).
    expect(part(full, 'refused-attempts')).toEqual({
      component: 'refused-attempts',
      unit: 'per-1000',
      part: '525',
      whole: '10000',
      value: 52.5,
      weight: 18,
      counts: 18,
      score: 50,
      points: 9,
    });
    expect(part(full, 'complaints')).toMatchObject({ value: 4, score: 84.2 });
    expect(part(full, 'training-gaps')).toMatchObject({ unit: 'percent', value: 10, score: 50 });
    expect(part(full, 'promises-kept')).toMatchObject({ value: 50, score: 50 });
    expect(part(full, 'recoveries')).toMatchObject({ part: '100.00', whole: '1000.00', value: 10, score: 50 });
    const { components, total, band } = score(full, DEFAULT_WEIGHTS);
    expect(total).toBeCloseTo(
      components.reduce((sum, { points }) => sum + (points ?? 0), 0),
      0,
    );
    expect([total, band]).toEqual([73, 'C']);
  });

  it('is full and nothing where the weights say so, and never beyond', () => {
    const at = (refused: number) => part({ ...nothing, asked: 1000, refused }, 'refused-attempts')?.score;
    expect([at(0), at(5), at(6), at(100), at(1000)]).toEqual([100, 100, 98.9, 0, 0]);
    const late = (lateRectifications: number) => part({ ...nothing, lateRectifications }, 'late-rectifications')?.score;
    expect([late(0), late(1), late(5), late(9)]).toEqual([100, 80, 0, 0]);
  });

  it('gives the weight of what cannot be measured to the other parts about the rules, never to recoveries', () => {
    const paid = { ...nothing, recoveries: [{ currency: 'CNY', cases: 1, paid: '900.00', owed: '100.00' }], lateRectifications: 5 };
    expect(part(paid, 'recoveries')).toMatchObject({ score: 100, counts: 5, points: 5 });
    expect(part(paid, 'late-rectifications')).toMatchObject({ counts: 95, points: 0 });
    expect(part(paid, 'complaints')).toMatchObject({ value: null, counts: 0, score: null, points: null });
    expect(score(paid, DEFAULT_WEIGHTS)).toMatchObject({ total: 5, band: 'D' });
    expect(score(nothing, DEFAULT_WEIGHTS)).toMatchObject({ total: 100, band: 'A' });
  });

  it('counts money exactly, and no debt below zero', () => {
    const money = (paid: string, owed: string) =>
      part({ ...nothing, recoveries: [{ currency: 'CNY', cases: 1, paid, owed }] }, 'recoveries')?.value;
    expect(money('1.00', '2.00')).toBe(33.3);
    expect(money('9007199254740993.00', '9007199254740993.00')).toBe(50);
    expect(money('10.00', '-3.00')).toBe(100);
    expect(money('0.00', '0.00')).toBeNull();
  });

  it('lowers the band for what no total makes good', () => {
    expect(score({ ...nothing, subContracting: 1 }, DEFAULT_WEIGHTS)).toMatchObject({ total: 100, band: 'D', caps: ['sub-contracting'] });
    expect(score({ ...nothing, openCritical: 1 }, DEFAULT_WEIGHTS)).toMatchObject({ band: 'C', caps: ['critical-finding'] });
    expect(score({ ...nothing, openCritical: 1, lateRectifications: 5 }, DEFAULT_WEIGHTS).band).toBe('D');
  });

  it.each([
    [90, 'A'],
    [89.9, 'B'],
    [75, 'B'],
    [74.9, 'C'],
    [60, 'C'],
    [59.9, 'D'],
  ])('of %d is %s', (total, band) => {
    // One part alone, with a scale on which its value is the score.
    const weights = {
      ...DEFAULT_WEIGHTS,
      components: { ...DEFAULT_WEIGHTS.components, 'late-rectifications': { weight: 12, full: 0, none: 1000 } },
    };
    const lateRectifications = Math.round((100 - total) * 10);
    expect(score({ ...nothing, lateRectifications }, weights)).toMatchObject({ total, band });
  });
});

describe('weights', () => {
  it('that come with the product keep to the rules', () => expect(checkWeights(DEFAULT_WEIGHTS)).toEqual([]));

  it.each([
    ['that do not add up to 100', { complaints: 21 }, [['/components', undefined]]],
    [
      'in which recoveries weigh more than a part about the rules',
      { recoveries: 8, 'training-gaps': 7 },
      [['/components/recoveries/weight', 'CC22']],
    ],
    [
      'in which what is brought in weighs more than 20',
      {
        'promises-kept': 11,
        recoveries: 10,
        'refused-attempts': 15,
        'look-back-findings': 15,
        'call-findings': 13,
        complaints: 13,
        'late-rectifications': 12,
        'training-gaps': 11,
      },
      [['/components/recoveries/weight', 'CC22']],
    ],
  ] as const)('%s are refused', (_name, more, want) => {
    expect(checkWeights(weighed(more)).map(({ pointer, source }) => [pointer, source])).toEqual(want);
  });

  it('have a scale that runs the right way, and bands in order', () => {
    const turned = { ...DEFAULT_WEIGHTS, components: { ...DEFAULT_WEIGHTS.components, complaints: { weight: 20, full: 20, none: 1 } } };
    expect(checkWeights(turned)).toMatchObject([{ pointer: '/components/complaints/full' }]);
    expect(checkWeights({ ...DEFAULT_WEIGHTS, bands: { A: 75, B: 75, C: 60 } })).toMatchObject([{ pointer: '/bands' }]);
  });
});

describe('an evaluation is due', () => {
  const setting = { evaluationBeforeContractEndDays: 30 };
  const due = (lastEvaluatedOn: string | null, contractFrom: string | null, contractTo: string | null) =>
    evaluationDue({ lastEvaluatedOn, contractFrom, contractTo }, setting, '2026-11-29');

  it.each([
    ['a year after the last', ['2026-03-01', '2026-01-01', null], { dueOn: '2027-03-01', cause: 'yearly' }],
    ['a year after the contract began, when there was none', [null, '2026-05-01', null], { dueOn: '2027-05-01', cause: 'first' }],
    ['at once, when nothing is known', [null, null, null], { dueOn: '2026-11-29', cause: 'first' }],
    ['thirty days before the contract ends', ['2026-03-01', '2026-01-01', '2026-12-31'], { dueOn: '2026-12-01', cause: 'contract-end' }],
    [
      'no more before that end, when it was done within ninety days',
      ['2026-09-02', '2026-01-01', '2026-12-31'],
      { dueOn: '2027-09-02', cause: 'yearly' },
    ],
    [
      'once more, when it was done a day earlier',
      ['2026-09-01', '2026-01-01', '2026-12-31'],
      { dueOn: '2026-12-01', cause: 'contract-end' },
    ],
    [
      'a year after the last, when that is before',
      ['2025-12-01', '2026-01-01', '2026-12-31'],
      { dueOn: '2026-12-01', cause: 'contract-end' },
    ],
    ['as always, when the contract is over', ['2026-03-01', '2025-01-01', '2026-11-28'], { dueOn: '2027-03-01', cause: 'yearly' }],
  ] as const)('%s', (_name, [last, from, to], want) => expect(due(last, from, to)).toEqual(want));
});

describe('the months of a period', () => {
  it('are cut to it, over the end of a year', () =>
    expect(monthsOf({ from: '2026-11-15', to: '2027-02-03' })).toEqual([
      { from: '2026-11-15', to: '2026-11-30' },
      { from: '2026-12-01', to: '2026-12-31' },
      { from: '2027-01-01', to: '2027-01-31' },
      { from: '2027-02-01', to: '2027-02-03' },
    ]));
});
