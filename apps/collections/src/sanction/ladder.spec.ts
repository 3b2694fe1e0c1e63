import { LADDER, needsApproval, skips, suggest } from './ladder.ts';

const next = (taken: Parameters<typeof suggest>[0]['taken'], more = {}) =>
  suggest({ taken, subContracting: false, lateCritical: false, ...more });

describe('the ladder of sanctions', () => {
  it('begins with a talk and goes up one step from the highest', () => {
    expect(next([])).toEqual({ step: 'talk', cause: 'first', highest: null });
    expect(next(['talk'])).toEqual({ step: 'warning-letter', cause: 'repeated', highest: 'talk' });
    expect(next(['circular', 'talk'])).toEqual({ step: 'public-blame', cause: 'repeated', highest: 'circular' });
    expect(next(['regulator-report']).step).toBe('regulator-report');
  });

  it('is never below what is confirmed asks for', () => {
    expect(next([], { subContracting: true })).toMatchObject({ step: 'rights-suspended', cause: 'sub-contracting' });
    expect(next([], { lateCritical: true })).toMatchObject({ step: 'warning-letter', cause: 'critical-finding' });
    expect(next(['rights-suspended'], { subContracting: true })).toMatchObject({ step: 'expulsion', cause: 'repeated' });
  });

  it('asks for a second person from the circular on, and for a reason where steps are left out', () => {
    expect(LADDER.filter(needsApproval)).toEqual(['circular', 'public-blame', 'rights-suspended', 'expulsion', 'regulator-report']);
    expect(skips('warning-letter', 'talk')).toBe(true);
    expect(skips('talk', 'talk')).toBe(false);
    expect(skips('talk', 'circular')).toBe(false);
  });
});
