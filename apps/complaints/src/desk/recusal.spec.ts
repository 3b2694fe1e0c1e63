import { recusalOf, type Line } from './recusal.ts';

const line = (above: string[] = [], below: string[] = []): Line => ({ above: new Set(above), below: new Set(below) });
const about = (more: object = {}) => ({ agencyId: null, collectorId: null, staffId: null, ...more });

describe('recusal', () => {
  it.each([
    ['whoever is complained of', about({ staffId: 's' }), [], line(), 'complained-of'],
    ['the collector that is named', about({ collectorId: 's' }), [], line(), 'collector-named'],
    ['a superior of whom it is about', about({ staffId: 'x' }), [], line(['s']), 'superior'],
    ['who reports to whom it is about', about({ staffId: 'x' }), [], line([], ['s']), 'subordinate'],
    ["an agency's people on a complaint about it", about({ agencyId: 'a' }), ['a'], line(), 'own-agency'],
  ] as const)('is of %s', (_who, complaint, agencies, given, reason) => {
    expect(recusalOf('s', agencies, complaint, given)).toMatchObject({ subject: 's', reason, source: 'CMP20 17' });
  });

  it('is of nobody else', () => {
    expect(recusalOf('s', [], about(), line())).toBeNull();
    expect(recusalOf('s', ['b'], about({ agencyId: 'a', staffId: 'x', collectorId: 'y' }), line(['z'], ['w']))).toBeNull();
    // People of an agency on a complaint that names none.
    expect(recusalOf('s', ['a'], about(), line())).toBeNull();
  });
});
