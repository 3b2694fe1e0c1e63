import * as fc from 'fast-check';
import { assign, quotasOf, type Candidate, type Target } from './assign.ts';

const target = (agencyId: string, weight: number, room: number | null = null): Target => ({ agencyId, weight, room });
const cases = (many: number, more: (n: number) => Partial<Candidate> = () => ({})): Candidate[] =>
  Array.from({ length: many }, (_, n) => ({ id: `c${n}`, debtorId: `d${n}`, amount: 100, only: null, ...more(n) }));
const NONE = { cases: null, amount: null };
const counts = (found: ReturnType<typeof assign>): Record<string, number> => {
  const all: Record<string, number> = {};
  for (const agency of found.agencies.values()) all[agency] = (all[agency] ?? 0) + 1;
  return all;
};

describe('shares', () => {
  it('go by the largest remainder', () => {
    expect(quotasOf(100, [target('a', 1), target('b', 1), target('c', 1)])).toEqual([34, 33, 33]);
    expect(quotasOf(10, [target('a', 55), target('b', 30), target('c', 15)])).toEqual([6, 3, 1]);
  });

  it('do not exceed what there is room for; what does not fit goes to the others', () => {
    expect(quotasOf(100, [target('a', 1, 10), target('b', 1), target('c', 2)])).toEqual([10, 30, 60]);
    expect(quotasOf(100, [target('a', 1, 10), target('b', 1, 5)])).toEqual([10, 5]);
    expect(quotasOf(5, [target('a', 1, 0)])).toEqual([0]);
  });

  it('are the same of the same, add up, and stay within room and limits, whatever is asked', () => {
    const targets = fc.array(fc.record({ weight: fc.integer({ min: 1, max: 9 }), room: fc.option(fc.integer({ min: 0, max: 40 })) }), {
      minLength: 1,
      maxLength: 5,
    });
    const some = fc.array(fc.record({ debtor: fc.integer({ min: 0, max: 12 }), amount: fc.integer({ min: 0, max: 1000 }) }), {
      maxLength: 60,
    });
    const limits = fc.record({ cases: fc.option(fc.integer({ min: 0, max: 50 })), amount: fc.option(fc.integer({ min: 0, max: 20_000 })) });
    fc.assert(
      fc.property(targets, some, limits, fc.constantFrom('share' as const, 'priority' as const), (given, drawn, limit, by) => {
        const agencies = given.map(({ weight, room }, n) => target(`a${n}`, weight, room));
        const candidates = drawn.map(({ debtor, amount }, n) => ({ id: `c${n}`, debtorId: `d${debtor}`, amount, only: null }));
        const found = assign(candidates, agencies, by, limit);
        expect(assign(candidates, agencies, by, limit)).toEqual(found);
        expect(found.agencies.size + found.stays.size).toBe(candidates.length);
        const by_ = counts(found);
        for (const { agencyId, room } of agencies) if (room !== null) expect(by_[agencyId] ?? 0).toBeLessThanOrEqual(room);
        if (limit.cases !== null) expect(found.agencies.size).toBeLessThanOrEqual(limit.cases);
        const amount = candidates.filter(({ id }) => found.agencies.has(id)).reduce((all, one) => all + one.amount, 0);
        if (limit.amount !== null) expect(amount).toBeLessThanOrEqual(limit.amount);
        // Nobody stays for want of room while there is some.
        const full = agencies.every(({ agencyId, room }) => room !== null && (by_[agencyId] ?? 0) >= room);
        if ([...found.stays.values()].includes('no-capacity')) expect(full).toBe(true);
      }),
    );
  });
});

describe('cases', () => {
  it('of one debtor go to one agency', () => {
    const found = assign(
      cases(30, (n) => ({ debtorId: `d${n % 10}` })),
      [target('a', 1), target('b', 1)],
      'share',
      NONE,
    );
    for (let d = 0; d < 10; d += 1) expect(new Set([d, d + 10, d + 20].map((n) => found.agencies.get(`c${n}`))).size).toBe(1);
    expect(counts(found)).toEqual({ a: 15, b: 15 });
  });

  it('go in turn by priority', () => {
    expect(counts(assign(cases(10), [target('late', 2), target('first', 1, 7)], 'priority', NONE))).toEqual({ first: 7, late: 3 });
  });

  it('that a contract does not cover go to another, or stay', () => {
    const found = assign(
      cases(4, (n) => ({ only: n < 2 ? [1] : n === 2 ? [] : null })),
      [target('a', 3), target('b', 1)],
      'share',
      NONE,
    );
    expect([found.agencies.get('c0'), found.agencies.get('c1'), found.stays.get('c2')]).toEqual(['b', 'b', 'out-of-scope']);
  });
});
