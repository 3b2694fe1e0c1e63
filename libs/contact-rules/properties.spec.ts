import fc from 'fast-check';
import {
  CHANNELS,
  compilePolicy,
  decide,
  findPack,
  PARTY_ROLES,
  PURPOSES,
  readInput,
  RESULTS,
  toDecisionJson,
  type ConsentJson,
  type FactsJson,
  type HoldJson,
  type PastContactJson,
  type ProposedJson,
} from './index.ts';

const pack = findPack('cn-card');
if (!pack) throw new Error('cn-card is missing');
const policy = compilePolicy([pack]);
const NOON = Date.parse('2026-11-21T12:00:00+08:00');
const HOUR = 3_600_000;

const instant = (fromHours: number, toHours: number) =>
  fc.integer({ min: fromHours * 3600, max: toHours * 3600 }).map((seconds) => NOON + seconds * 1000);
const iso = (ms: number): string => new Date(ms).toISOString();
const points = fc.constantFrom('+8613800000001', '+8613900000002');
const zone = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe');
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);

const past: fc.Arbitrary<PastContactJson> = fc.record({
  channel: fc.constantFrom('voice', 'voice', 'voice', 'sms' as const),
  startedAt: instant(-30, 0).map(iso),
  result: fc.constantFrom(...RESULTS, null, null),
  mode: fc.constantFrom('informational', 'interactive' as const),
  initiator: fc.constantFrom('us', 'us', 'them' as const),
  partyRole: fc.constantFrom('debtor', 'debtor', ...PARTY_ROLES),
  partyId: fc.constantFrom('p1', 'p2'),
  contactPoint: points,
});
const consent: fc.Arbitrary<ConsentJson> = fc
  .record({
    kind: fc.constantFrom('out-of-hours', 'frequency' as const),
    channels: fc.subarray([...CHANNELS]),
    from: fc.option(time),
    to: fc.option(time),
    givenAt: instant(-60, 20).map(iso),
    withdrawnAt: fc.option(instant(-20, 60).map(iso)),
  })
  .filter(({ from, to }) => (from ?? '00:00') !== (to ?? '24:00'));
const hold: fc.Arbitrary<HoldJson> = fc.record({
  kind: fc.constantFrom('objection-open', 'complaint-hold', 'legal-rep' as const),
  from: instant(-60, 40).map(iso),
  until: fc.option(instant(-10, 60).map(iso)),
});
const proposed: fc.Arbitrary<ProposedJson> = fc.record({
  channel: fc.constantFrom('voice', 'voice', ...CHANNELS),
  mode: fc.constantFrom('informational', 'interactive' as const),
  purpose: fc.constantFrom('collect', 'collect', ...PURPOSES),
  partyRole: fc.constantFrom('debtor', 'debtor', ...PARTY_ROLES),
  partyId: fc.constantFrom('p1', 'p2'),
  contactPoint: points,
  collectorIds: fc.constantFrom(['c1', 'c2'], ['c1']),
});
const asked = fc.record({
  at: instant(0, 24),
  proposed,
  facts: fc.record({
    timeZone: zone,
    case: fc.constant({ status: 'open', balance: { amount: '1.00', currency: 'CNY' }, overdueSince: '2026-09-01' } as const),
    history: fc.array(past, { maxLength: 14 }),
    consents: fc.array(consent, { maxLength: 3 }),
    holds: fc.oneof({ weight: 3, arbitrary: fc.constant<HoldJson[]>([]) }, { weight: 1, arbitrary: fc.array(hold, { maxLength: 2 }) }),
  }),
});

const decideAt = (one: { proposed: ProposedJson; facts: FactsJson }, at: number) => decide(readInput(one.proposed, one.facts), policy, at);
const runs = { numRuns: 400 };

describe('for any contact', () => {
  it('less history never turns a permit into a refusal', () => {
    fc.assert(
      fc.property(asked, fc.nat(), (one, index) => {
        if (decideAt(one, one.at).verdict !== 'permitted' || one.facts.history.length === 0) return;
        const history = one.facts.history.toSpliced(index % one.facts.history.length, 1);
        expect(decideAt({ ...one, facts: { ...one.facts, history } }, one.at).verdict).toBe('permitted');
      }),
      runs,
    );
  });

  it('nextPermittedAt is permitted, and nothing before it is', () => {
    fc.assert(
      fc.property(asked, fc.double({ min: 0, max: 1, noNaN: true }), (one, share) => {
        const { nextPermittedAt } = decideAt(one, one.at);
        const until = nextPermittedAt ?? one.at + 72 * HOUR;
        if (nextPermittedAt !== null) expect(decideAt(one, nextPermittedAt).verdict).toBe('permitted');
        if (until === one.at) return;
        for (const before of [until - 1000, Math.floor(one.at + share * (until - 1 - one.at))]) {
          if (before >= one.at) expect(decideAt(one, before).verdict).toBe('refused');
        }
      }),
      runs,
    );
  });

  it('a permit stays clear of the night until mustEndBy, and not at mustEndBy', () => {
    fc.assert(
      fc.property(asked, fc.double({ min: 0, max: 1, noNaN: true }), (one, share) => {
        const { mustEndBy, verdict } = decideAt(one, one.at);
        const isQuiet = (at: number): boolean => decideAt(one, at).reasons.some(({ ruleId }) => ruleId === 'quiet-hours');
        if (verdict === 'refused') return expect(mustEndBy).toBeNull();
        const end = mustEndBy ?? one.at + 72 * HOUR;
        expect(isQuiet(Math.floor(one.at + share * (end - 1 - one.at)))).toBe(false);
        if (mustEndBy !== null) expect(isQuiet(mustEndBy)).toBe(true);
      }),
      runs,
    );
  });

  it('each reason clears exactly when it says', () => {
    fc.assert(
      fc.property(asked, (one) => {
        for (const { ruleId, clearsAt } of decideAt(one, one.at).reasons) {
          const fails = (at: number): boolean => decideAt(one, at).reasons.some((reason) => reason.ruleId === ruleId);
          if (clearsAt === null) continue;
          expect(fails(clearsAt)).toBe(false);
          expect(fails(Math.max(one.at, clearsAt - 1))).toBe(true);
        }
      }),
      runs,
    );
  });

  it('the order in which the history is told changes no byte', () => {
    fc.assert(
      fc.property(asked, (one) => {
        const reversed = { ...one, facts: { ...one.facts, history: one.facts.history.toReversed() } };
        const bytes = (decision: ReturnType<typeof decide>): string => JSON.stringify(toDecisionJson(decision, one.facts.timeZone));
        expect(bytes(decideAt(reversed, one.at))).toBe(bytes(decideAt(one, one.at)));
      }),
      runs,
    );
  });
});
