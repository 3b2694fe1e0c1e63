import type { Session } from '../../session/session.ts';
import { hintFor, stepsFor } from './draft-steps.ts';

const person = (subject: string, role: string): Session => ({ subject, name: '', institutionId: 'demo', agencyId: null, roles: [role] });
const author = person('one', 'compliance');
const colleague = person('two', 'compliance');
const headOffice = person('three', 'head-office-approver');
const reader = person('four', 'regulator');

const draft = (state: 'draft' | 'submitted' | 'approved' | 'rejected' | 'withdrawn', effectiveFrom: string | null = null) => ({
  state,
  author: 'one',
  effectiveFrom,
  recalledAt: null,
});
const NOW = Date.parse('2026-11-22T00:00:00Z');

describe('what people may do to a draft', () => {
  it('is written and submitted by its author alone', () => {
    expect(stepsFor(draft('draft'), author)).toEqual(['edit', 'submit', 'withdraw', 'simulate']);
    expect(stepsFor(draft('draft'), colleague)).toEqual(['simulate']);
  });

  it('is approved by anybody but its author', () => {
    expect(stepsFor(draft('submitted'), author)).toEqual(['withdraw', 'simulate']);
    for (const other of [colleague, headOffice]) expect(stepsFor(draft('submitted'), other)).toEqual(['approve', 'reject', 'simulate']);
    expect(stepsFor(draft('submitted'), reader)).toEqual([]);
    expect([author, colleague, reader].map((each) => hintFor(draft('submitted'), each, NOW))).toEqual([
      'submittedOwn',
      'submittedApprover',
      'submittedReader',
    ]);
  });

  it('is over once it is approved; what was not is a beginning for another', () => {
    expect(stepsFor(draft('approved'), author)).toEqual([]);
    expect(stepsFor(draft('rejected'), colleague)).toEqual(['copy']);
    expect(hintFor(draft('approved', '2026-11-22T00:00:00Z'), author, NOW)).toBe('approvedNow');
    expect(hintFor(draft('approved', '2026-11-22T00:00:01Z'), author, NOW)).toBe('approved');
    expect(hintFor({ ...draft('approved', '2026-11-23T00:00:00Z'), recalledAt: '2026-11-22T00:00:00Z' }, author, NOW)).toBe('recalled');
  });
});
