import { standingOn, type StandingFacts } from './standing.ts';

const good: StandingFacts = {
  status: 'active',
  published: true,
  contractFrom: '2026-01-01',
  contractTo: '2026-12-31',
  lastEvaluatedOn: '2026-06-30',
};
const on = (day: string, more: Partial<StandingFacts> = {}) => standingOn(day, { ...good, ...more });

describe('the standing of an agency', () => {
  it('is good on the first and the last day of its contract, and on no other side of them', () => {
    expect(on('2026-01-01')).toEqual({ good: true, reasons: [] });
    expect(on('2026-12-31')).toEqual({ good: true, reasons: [] });
    expect(on('2025-12-31')).toEqual({ good: false, reasons: ['contract-not-begun'] });
    expect(on('2027-01-01')).toEqual({ good: false, reasons: ['contract-over'] });
  });

  it.each([
    [{ status: 'candidate' }, ['candidate']],
    [{ status: 'approved' }, ['approved']],
    [{ status: 'suspended' }, ['suspended']],
    [{ status: 'exited', published: false }, ['exited', 'not-published']],
    [{ contractFrom: null, contractTo: null }, ['no-contract']],
  ] as const)('%j is not good', (more, reasons) => {
    expect(on('2026-11-21', more)).toEqual({ good: false, reasons });
  });

  it('an open end ends nothing; an old evaluation is only warned of', () => {
    expect(on('2030-01-01', { contractTo: null, lastEvaluatedOn: '2029-01-01' })).toEqual({ good: true, reasons: [] });
    expect(on('2026-11-21', { lastEvaluatedOn: '2025-11-21' })).toEqual({ good: true, reasons: [] });
    expect(on('2026-11-21', { lastEvaluatedOn: '2025-11-20' })).toEqual({ good: true, reasons: ['evaluation-old'] });
    expect(on('2026-11-21', { lastEvaluatedOn: null })).toEqual({ good: true, reasons: ['never-evaluated'] });
  });
});
