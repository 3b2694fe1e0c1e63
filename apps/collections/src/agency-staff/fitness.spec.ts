import { staffGaps, unfitReasons, type FitnessFacts, type GapFacts } from './fitness.ts';

const good: FitnessFacts = {
  active: true,
  identityNeeded: true,
  identityChecked: true,
  certificateUntil: '2026-11-21',
  hasUnconfirmed: false,
};
const why = (more: Partial<FitnessFacts>, day = '2026-11-21') => unfitReasons(day, { ...good, ...more });

describe('a collector', () => {
  it('is fit on the last day of the certificate, and not after', () => {
    expect(why({})).toEqual([]);
    expect(why({}, '2026-11-22')).toEqual(['certificate-over']);
  });

  it.each<[Partial<FitnessFacts>, string[]]>([
    [{ active: false, certificateUntil: null }, ['left']],
    [{ certificateUntil: null }, ['no-certificate']],
    [{ certificateUntil: null, hasUnconfirmed: true }, ['certificate-unconfirmed']],
    [{ identityChecked: false, certificateUntil: null }, ['identity-unchecked']],
    [{ identityChecked: false, certificateUntil: null, hasUnconfirmed: true }, ['identity-unchecked', 'certificate-unconfirmed']],
    [{ identityNeeded: false, identityChecked: false }, []],
  ])('with %j is unfit for %j', (more, reasons) => {
    expect(why(more)).toEqual(reasons);
  });

  it('has an employer, a seat, a tool and a training of the last year', () => {
    const facts: GapFacts = {
      agencyName: '演示（新源）公司',
      employer: '演示(新源) 公司',
      hasSeat: true,
      devices: 1,
      lastTrainedOn: '2025-11-21',
    };
    expect(staffGaps('2026-11-21', facts)).toEqual([]);
    expect(staffGaps('2026-11-22', { ...facts, employer: '演示劳务公司' })).toEqual(['other-employer', 'training-due']);
    expect(staffGaps('2026-11-21', { ...facts, employer: null, hasSeat: false, devices: 0, lastTrainedOn: null })).toEqual([
      'no-seat',
      'no-device',
      'training-due',
    ]);
  });
});
