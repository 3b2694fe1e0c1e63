import { activationGaps, admissionGaps, GAPS, toFieldError, type ActivationFacts, type AdmissionFacts } from './gaps.ts';

const known: AdmissionFacts = { licence: 'X', licenceUntil: '2026-11-21', owners: 1, approvals: 1, contacts: 1, responsible: 'li' };
const ready: ActivationFacts = { licence: 'X', licenceUntil: null, contractInForce: true, fitCollectors: 1 };

describe('what is missing of an agency', () => {
  it('is nothing on the last day of its licence, and the licence a day later', () => {
    expect(admissionGaps('2026-11-21', known)).toEqual([]);
    expect(admissionGaps('2026-11-22', known)).toEqual(['licence-over']);
    expect(activationGaps('2026-11-21', ready)).toEqual([]);
  });

  it('is said each by itself, in a fixed order and with its article', () => {
    const nothing = { licence: null, licenceUntil: null, owners: 0, approvals: 0, contacts: 0, responsible: null };
    expect(admissionGaps('2026-11-21', nothing)).toEqual(['no-licence', 'no-owners', 'no-approval', 'no-contacts', 'no-responsible']);
    expect(activationGaps('2026-11-21', { ...ready, contractInForce: false, fitCollectors: 0 })).toEqual([
      'no-contract-in-force',
      'no-fit-collector',
    ]);
    expect(GAPS.every((gap) => toFieldError(gap).source !== undefined)).toBe(true);
  });
});
