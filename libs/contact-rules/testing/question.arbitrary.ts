import fc from 'fast-check';
import { CHANNELS, PARTY_ROLES, PURPOSES, type Channel, type FactsJson, type ProposedJson } from '../index.ts';
import { history, iso, moment, ZONES } from './history.arbitrary.ts';
import { agency, consent, contactPoints, date, hold, message, optOut, type When } from './register.arbitrary.ts';

const proposed: fc.Arbitrary<ProposedJson> = fc.record({
  channel: fc.constantFrom<Channel[]>('voice', 'voice', 'voice', 'voice', ...CHANNELS),
  mode: fc.constantFrom('informational', 'interactive', 'interactive', 'interactive', null),
  purpose: fc.constantFrom('collect', 'collect', 'collect', ...PURPOSES, null),
  partyRole: fc.constantFrom('debtor', 'debtor', 'debtor', 'debtor', 'related', null, ...PARTY_ROLES),
  partyId: fc.constantFrom('p1', 'p1', 'p1', 'p2', null),
  contactPoint: fc.constantFrom('+8613800000001', '+8613800000001', '+8613800000001', '+8613900000002', null),
  debtorId: fc.constantFrom('D1', 'D1', null),
  debtId: fc.constantFrom('L1', 'L1', 'L1', 'L2', null),
  agencyId: fc.constantFrom('A1', 'A1', 'A1', null),
  collectorIds: fc.constantFrom(['c1', 'c2'], ['c1', 'c2'], ['c1'], ['c1', 'c1'], ['c1', 'c2', 'c3'], [], null),
  deviceId: fc.constantFrom('t1', 't1', 't1', 't9', null),
  message,
});

const caseFacts: fc.Arbitrary<When<FactsJson['case']>> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constant(() => ({
      status: 'open' as const,
      balance: { amount: '5000.00', currency: 'CNY' },
      overdueSince: '2026-01-01',
      referralNoticeAt: '2026-01-05',
    })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        status: fc.constantFrom('open', 'open', 'open', 'paid', 'closed', null),
        amount: fc.constantFrom('0.00', '-3.50', '0.01', null),
        overdue: fc.constantFrom<When<string | null | undefined>[]>(
          () => null,
          () => undefined,
          (at) => date(at, 0),
          (at) => date(at, 2),
        ),
        told: fc.constantFrom<When<string | null | undefined>[]>(
          () => null,
          () => undefined,
          (at) => date(at, 1),
          (at) => iso(at),
          (at) => iso(at + 1),
        ),
      })
      .map(({ status, amount, overdue, told }) => (at: number) => ({
        status,
        balance: amount === null ? null : { amount, currency: 'CNY' },
        overdueSince: overdue(at),
        referralNoticeAt: told(at),
      })),
  },
  { weight: 1, arbitrary: fc.constant(() => null) },
);

const usually = <T>(usual: T, arbitrary: fc.Arbitrary<T>, weight = 3): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary });
const some = <T>(one: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T[]> =>
  usually<T[]>([], fc.array(one, { minLength: 1, maxLength: 2 }), weight);

export interface Asked {
  readonly at: number;
  readonly proposed: ProposedJson;
  readonly facts: FactsJson;
}

/** Any contact, on any facts that rules.md speaks of, at any instant, mostly near an edge. */
export const asked: fc.Arbitrary<Asked> = fc
  .record({
    moment,
    proposed,
    history: fc.oneof({ weight: 15, arbitrary: history }, { weight: 1, arbitrary: fc.constant(null) }),
    consents: some(consent, 2),
    holds: fc.oneof({ weight: 15, arbitrary: some(hold, 5) }, { weight: 1, arbitrary: fc.constant(null) }),
    optOuts: fc.oneof({ weight: 5, arbitrary: some(optOut, 4) }, { weight: 1, arbitrary: fc.constant(null) }),
    case: caseFacts,
    agency,
    contactPoints,
    timeZones: usually<string[] | null>(null, fc.array(fc.constantFrom(...ZONES), { maxLength: 2 })),
    region: fc.constantFrom('230100', '230100', '110105', null),
  })
  .map(({ moment: { at, timeZone }, proposed: contact, history: pasts, ...facts }) => ({
    at,
    proposed: contact,
    facts: {
      timeZone,
      case: facts.case(at),
      history:
        pasts?.map(({ ago: when, lives, ...past }) => ({
          ...past,
          startedAt: iso(at - when),
          expiresAt: past.result === null && lives !== null ? iso(at - when + lives) : null,
        })) ?? null,
      consents: facts.consents.map((make) => make(at)),
      holds: facts.holds?.map((make) => make(at)) ?? null,
      optOuts: facts.optOuts?.map((make) => make(at)) ?? null,
      agency: facts.agency(at),
      contactPoints: facts.contactPoints,
      timeZones: facts.timeZones,
      region: facts.region,
    },
  }));
