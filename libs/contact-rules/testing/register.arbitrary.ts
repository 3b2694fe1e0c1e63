import fc from 'fast-check';
import {
  CHANNELS,
  HOLD_KINDS,
  type AgencyJson,
  type ConsentJson,
  type ContactPointJson,
  type HoldJson,
  type MessageJson,
  type OptOutJson,
} from '../index.ts';
import { DAY, HOUR, iso, near } from './history.arbitrary.ts';

const times = fc.constantFrom('00:00', '00:30', '02:15', '07:00', '08:00', '12:00', '21:30', '22:00', '23:00', '24:00');
/** What depends on the instant asked about. */
export type When<T> = (at: number) => T;
const hours = fc.integer({ min: -60, max: 60 }).map((h) => h * HOUR);
const around = fc.oneof(
  hours,
  fc.tuple(hours, near).map(([h, s]) => h + s),
  near,
);

export const consent: fc.Arbitrary<When<ConsentJson>> = fc
  .record({
    kind: fc.constantFrom('out-of-hours', 'out-of-hours', 'frequency', 'frequency', 'channel', 'device' as const),
    channels: fc.oneof(fc.constant([...CHANNELS]), fc.subarray([...CHANNELS])),
    from: fc.option(times.filter((time) => time !== '24:00')),
    to: fc.option(times),
    given: fc.oneof(
      around,
      fc.integer({ min: -9, max: -5 }).map((days) => days * DAY),
    ),
    withdrawn: fc.option(around, { freq: 3 }),
  })
  .filter(({ from, to }) => (from ?? '00:00') !== (to ?? '24:00') && !(to === '00:00' && !from))
  .map(({ given, withdrawn, ...rest }) => (at) => ({
    ...rest,
    givenAt: iso(at + given),
    withdrawnAt: withdrawn === null ? null : iso(at + withdrawn),
  }));

export const date = (at: number, days: number): string => iso(at + days * DAY).slice(0, 10);
const days = fc.integer({ min: -3, max: 3 });
const textOf = fc.oneof(
  days.map((n) => (at: number) => date(at, n)),
  around.map((ms) => (at: number) => iso(at + ms)),
);

export const hold: fc.Arbitrary<When<HoldJson>> = fc
  .record({
    kind: fc.constantFrom(...HOLD_KINDS),
    from: textOf,
    until: fc.option(textOf, { freq: 2 }),
    scope: fc.constantFrom<NonNullable<HoldJson['scope']>[]>(
      'all',
      'all',
      { agencyId: 'A1' },
      { channel: 'voice', collectorId: 'c1' },
      { partyId: 'p2' },
    ),
  })
  .map(({ kind, from, until, scope }) => (at) => ({ kind, from: from(at), until: until?.(at) ?? null, scope }));

export const optOut: fc.Arbitrary<When<OptOutJson>> = fc
  .record({
    partyId: fc.constantFrom('p1', 'p2', null),
    channel: fc.constantFrom('voice', 'sms', null),
    contactPoint: fc.constantFrom('+8613800000001', null),
    since: around,
    withdrawn: fc.option(around, { freq: 2 }),
  })
  .map(({ since, withdrawn, ...rest }) => (at) => ({
    ...rest,
    at: iso(at + since),
    withdrawnAt: withdrawn === null ? null : iso(at + withdrawn),
  }));

const goodAgency: When<AgencyJson> = (at) => ({
  agencyId: 'A1',
  status: 'active',
  published: true,
  entrusted: true,
  contract: { from: '2026-01-01', to: null },
  lastEvaluatedOn: date(at, -200),
  collectors: ['c1', 'c2', 'c3'].map((id) => ({ id, certificateUntil: date(at, 30) })),
  devices: ['t1'],
});
const agencyFault = fc.constantFrom<When<Partial<AgencyJson>>[]>(
  () => ({ status: 'suspended' }),
  () => ({ status: null }),
  () => ({ published: false }),
  () => ({ published: null }),
  () => ({ entrusted: false }),
  () => ({ contract: null }),
  (at) => ({ contract: { from: date(at, 1), to: null } }),
  (at) => ({ contract: { from: null, to: date(at, 0) } }),
  (at) => ({ contract: { from: null, to: date(at, -1) } }),
  (at) => ({ lastEvaluatedOn: date(at, -365) }),
  (at) => ({ lastEvaluatedOn: date(at, -366) }),
  () => ({ lastEvaluatedOn: null }),
  (at) => ({
    collectors: [
      { id: 'c1', certificateUntil: date(at, 0) },
      { id: 'c2', certificateUntil: date(at, -1) },
    ],
  }),
  () => ({ collectors: [{ id: 'c1', certificateUntil: null }] }),
  () => ({ collectors: null }),
  () => ({ devices: [] }),
  () => ({ devices: null }),
);
export const agency: fc.Arbitrary<When<AgencyJson | null>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(goodAgency) },
  { weight: 3, arbitrary: agencyFault.map((fault) => (at: number) => ({ ...goodAgency(at), ...fault(at) })) },
  { weight: 1, arbitrary: fc.constant(() => null) },
);

const goodPoints: readonly ContactPointJson[] = [
  { value: '+8613800000001', partyId: 'p1', partyRole: 'debtor', channel: 'voice', status: 'valid', source: 'contract' },
  { value: '+8613900000002', partyId: 'p1', partyRole: 'debtor', channel: 'voice', status: 'valid', source: 'bank-records' },
];
const state = fc.constantFrom('valid', 'invalid', 'not-in-service', null);
export const contactPoints: fc.Arbitrary<readonly ContactPointJson[] | null> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(goodPoints) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(state, state, fc.constantFrom('contract', 'authorised', 'bought', null), fc.constantFrom('debtor', 'related', null))
      .map(([one, other, source, role]) =>
        goodPoints.map((point, at) => (at === 0 ? { ...point, status: one, source } : { ...point, status: other, partyRole: role })),
      ),
  },
  { weight: 1, arbitrary: fc.constantFrom([], null) },
);

export const message: fc.Arbitrary<MessageJson | null> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constant<MessageJson>({ templateId: 'm1', version: 1, approved: true, text: '您的信用卡账单已逾期，请尽快还款。' }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<(MessageJson | null)[]>(null, { templateId: 'm1', version: 2, approved: false, text: '请还款。' }),
  },
);
