import fc from 'fast-check';
import { agrees, Matcher, type Permit, type PlacedCall } from './match.ts';

const NOON = Date.parse('2026-11-21T12:00:00+08:00');
const MINUTE = 60_000;
const LATER = NOON + 10 * 24 * 60 * MINUTE;

const call = (more: Partial<PlacedCall> = {}): PlacedCall => ({
  row: 2,
  valueIndex: 'n1',
  startedAt: NOON,
  result: null,
  agencyId: 'A01',
  collectorId: 'c1',
  attemptId: null,
  ...more,
});
const permit = (more: Partial<Permit> = {}): Permit => ({
  id: 'p1',
  valueIndex: 'n1',
  agencyId: 'A01',
  collectorIds: ['c1'],
  decidedAt: NOON - MINUTE,
  expiresAt: NOON + 14 * MINUTE,
  result: 'no-answer',
  reportedAt: NOON,
  ...more,
});
const match = (one: PlacedCall, permits: readonly Permit[], now = LATER) => {
  const { kind, why, permit: used } = new Matcher(MINUTE, now).match(one, permits);
  return [kind, why, used?.id ?? null];
};

describe('one call', () => {
  it.each([
    ['under its permit', {}, {}, [null, null, 'p1']],
    ['a minute early by the clock of the dialer', { startedAt: NOON - 2 * MINUTE }, {}, [null, null, 'p1']],
    ['earlier than that', { startedAt: NOON - 2 * MINUTE - 1 }, {}, ['outside-permit', null, 'p1']],
    ['a minute late', { startedAt: NOON + 15 * MINUTE - 1 }, {}, [null, null, 'p1']],
    ['later than that', { startedAt: NOON + 15 * MINUTE }, {}, ['outside-permit', null, 'p1']],
    ['a day later', { startedAt: NOON + 24 * 60 * MINUTE + 1 }, {}, ['no-permit', 'none', null]],
    ['to a number that nobody asked for, by someone with a permit for another', { valueIndex: 'n2' }, {}, ['other-number', null, 'p1']],
    ['the same by someone else', { valueIndex: 'n2', collectorId: 'c2' }, {}, ['no-permit', 'none', null]],
    ['under the permit of another agency', { agencyId: 'A02' }, {}, ['no-permit', 'none', null]],
    ['by the bank under an agency’s permit', { agencyId: null }, {}, ['no-permit', 'none', null]],
    ['whose outcome nobody reported', {}, { result: null, reportedAt: null }, ['outcome-missing', null, 'p1']],
    ['answered by the network, reported as unanswered', { result: 'answered' }, {}, ['outcome-differs', null, 'p1']],
    ['answered, reported as a conversation', { result: 'answered' }, { result: 'conversation' }, [null, null, 'p1']],
    ['placed, reported as never placed', { result: 'busy' }, { result: 'cancelled' }, ['outcome-differs', null, 'p1']],
    ['that names its permit', { attemptId: 'P1' }, {}, [null, null, 'p1']],
    ['that names a permit for another number', { attemptId: 'p1', valueIndex: 'n2' }, {}, ['other-number', null, 'p1']],
    ['that names a refusal', { attemptId: 'p1' }, { expiresAt: null }, ['no-permit', 'refused', 'p1']],
    ['that names what is not there', { attemptId: 'p9' }, {}, ['no-permit', 'unknown-attempt', null]],
    ['that names another agency’s permit', { attemptId: 'p1', agencyId: 'A02' }, {}, ['no-permit', 'unknown-attempt', null]],
  ] as const)('%s', (_note, ofCall, ofPermit, want) => {
    const one = call(ofCall);
    const candidates = [permit(ofPermit)].filter(({ id }) => one.attemptId === null || id === one.attemptId.toLowerCase());
    expect(match(one, candidates)).toEqual(want);
  });

  it('whose permit may still get its outcome is no finding', () => {
    const open = permit({ result: null, reportedAt: null });
    expect(match(call(), [open], NOON + 14 * MINUTE - 1)).toEqual([null, null, 'p1']);
    expect(match(call(), [open], NOON + 14 * MINUTE)).toEqual(['outcome-missing', null, 'p1']);
  });

  it('goes with the permit whose outcome was reported for its time', () => {
    const [early, late] = [permit({ id: 'p1', reportedAt: NOON - 30_000 }), permit({ id: 'p2', reportedAt: NOON + 5000 })];
    expect(match(call(), [early, late])).toEqual([null, null, 'p2']);
  });
});

it('a permit is for one call', () => {
  const matcher = new Matcher(MINUTE, LATER);
  expect(matcher.match(call(), [permit()]).kind).toBeNull();
  expect(matcher.match(call({ row: 3, startedAt: NOON + 1000 }), [permit()])).toMatchObject({ kind: 'no-permit', why: 'used' });
  expect(matcher.match(call({ row: 4, startedAt: NOON + 2000, attemptId: 'p1' }), [permit()])).toMatchObject({ why: 'used' });
});

it('what a switch sees and what is reported agree both ways, but for what was never placed', () => {
  expect([agrees('voicemail', 'answered'), agrees('voicemail', 'no-answer'), agrees('cancelled', 'cancelled')]).toEqual([true, true, true]);
  expect([agrees('busy', 'failed'), agrees('refused', 'answered'), agrees('conversation', 'busy')]).toEqual([true, true, false]);
});

it('for any calls: no permit is given twice, and no call without finding lacks one', () => {
  const minutes = fc.integer({ min: 0, max: 120 });
  const permits = fc.array(fc.record({ minute: minutes, number: fc.constantFrom('n1', 'n2'), agency: fc.constantFrom('A01', 'A02') }), {
    maxLength: 12,
  });
  const calls = fc.array(fc.record({ minute: minutes, number: fc.constantFrom('n1', 'n2'), agency: fc.constantFrom('A01', 'A02') }), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(permits, calls, (asked, placed) => {
      const known = asked.map(({ minute, number, agency }, index) =>
        permit({
          id: `p${String(index).padStart(2, '0')}`,
          valueIndex: number,
          agencyId: agency,
          decidedAt: NOON + minute * MINUTE,
          expiresAt: NOON + (minute + 15) * MINUTE,
          reportedAt: null,
        }),
      );
      const matcher = new Matcher(0, LATER);
      const used: string[] = [];
      for (const { minute, number, agency } of placed.toSorted((a, b) => a.minute - b.minute)) {
        const one = call({ valueIndex: number, agencyId: agency, startedAt: NOON + minute * MINUTE, collectorId: null });
        const { kind, permit: given } = matcher.match(one, known);
        if (kind === 'no-permit') continue;
        used.push(given?.id ?? 'none');
        expect(given).toMatchObject({ valueIndex: number, agencyId: agency });
        const inTime = given !== null && one.startedAt >= given.decidedAt && one.startedAt < (given.expiresAt ?? 0);
        expect(inTime).toBe(kind === null);
      }
      expect(new Set(used).size).toBe(used.length);
    }),
  );
});
