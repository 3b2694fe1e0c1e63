import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { CHANNELS, PARTY_ROLES, RESULTS, type Channel, type PastContactJson } from '../index.ts';

export const SECOND = 1000;
const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Days on which clocks do something, or nothing: gaps and overlaps at night and at midnight, half an hour of Lord Howe, a zone of 45 minutes. */
const PLACES: readonly (readonly [zone: string, date: string])[] = [
  ['Asia/Shanghai', '2026-11-21'],
  ['Asia/Shanghai', '2026-12-31'],
  ['Asia/Shanghai', '2026-11-21'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['America/Phoenix', '2026-03-08'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Asia/Kathmandu', '2026-11-21'],
  ['Africa/Cairo', '2026-04-24'],
  ['America/Santiago', '2026-09-06'],
  ['Atlantic/Azores', '2026-10-25'],
];
export const ZONES: readonly string[] = [...new Set(PLACES.map(([zone]) => zone))];

const EDGES = ['00:00', '02:00', '03:00', '08:00', '12:00', '19:00', '21:00', '22:00'];
export const near = fc.constantFrom(0, 0, -SECOND, SECOND, -1);

/** Where and when it is asked: an edge of the day, the change of the clock itself, or anywhere in the day. */
export const moment = fc
  .tuple(
    fc.constantFrom(...PLACES),
    fc.oneof(
      { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...EDGES), near) },
      {
        weight: 3,
        arbitrary: fc.tuple(
          fc.constant('00:00'),
          fc.integer({ min: 8 * 3600, max: 22 * 3600 }).map((s) => s * SECOND),
        ),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(
          fc.constant('00:00'),
          fc.integer({ min: 0, max: 86_399 }).map((s) => s * SECOND),
        ),
      },
    ),
    fc.constantFrom(0, 0, 0, -1, 1, 2),
  )
  .map(([[timeZone, date], [time, shift], days]) => {
    const day = Temporal.PlainDate.from(date).add({ days });
    const wall = day.toZonedDateTime({ timeZone, plainTime: time });
    return { timeZone, at: wall.epochMilliseconds + shift, day };
  });

export const iso = (ms: number): string => new Date(ms).toISOString();

/** How long ago: around every limit that section 3 names, else anywhere in the days before; rarely in the future. */
const ago = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 3 * 3600 }).map((s) => s * SECOND) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 4 * 86_400 }).map((s) => s * SECOND) },
  { weight: 2, arbitrary: fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0, 0, 1, 3, 8)).map(([d, h]) => d * DAY + h * HOUR) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(0, 15 * MINUTE, HOUR, DAY, 7 * DAY), near).map(([ms, shift]) => ms + shift),
  },
  { weight: 1, arbitrary: fc.integer({ min: -2 * 86_400, max: 0 }).map((s) => s * SECOND) },
);

const points = fc.constantFrom('+8613800000001', '+8613800000001', '+8613900000002');
const agencies = fc.constantFrom('A1', 'A1', 'A2', null);
const debts = fc.constantFrom('L1', 'L1', 'L1', 'L2', null);
const debtors = fc.constantFrom('D1', 'D1', 'D1', 'D2', null);

export type Past = Omit<PastContactJson, 'startedAt'> & { readonly ago: number; readonly lives: number | null };

const anyPast: fc.Arbitrary<Past> = fc.record({
  ago,
  lives: fc.constantFrom(null, null, null, 2 * MINUTE, 3 * HOUR),
  channel: fc.constantFrom<Channel[]>('voice', 'voice', 'voice', 'voice', ...CHANNELS),
  result: fc.constantFrom(...RESULTS, 'conversation' as const, 'no-answer' as const, null, null),
  mode: fc.constantFrom('informational', 'interactive', 'interactive', null),
  initiator: fc.constantFrom('us', 'us', 'us', 'them' as const),
  partyRole: fc.constantFrom('debtor', 'debtor', 'debtor', null, ...PARTY_ROLES),
  partyId: fc.constantFrom('p1', 'p1', 'p2', null),
  contactPoint: points,
  debtorId: debtors,
  debtId: debts,
  agencyId: agencies,
  collectorIds: fc.constantFrom(['c1'], ['c2', 'c1'], null),
});

/** Many contacts of one sort, so that caps are met and passed by one. */
const alike = fc
  .tuple(
    fc.constantFrom<Partial<Past>>(
      { channel: 'voice', result: 'no-answer' },
      { channel: 'voice', result: 'conversation' },
      { channel: 'voice', result: 'answered', mode: 'informational' },
      { channel: 'voice', result: null },
      { channel: 'voice', result: 'voicemail' },
      { channel: 'visit', result: 'no-answer' },
      { channel: 'sms', result: 'delivered' },
    ),
    fc.array(fc.tuple(ago, fc.boolean(), anyPast), { minLength: 1, maxLength: 9 }),
  )
  .map(([same, many]): Past[] =>
    many.map(([when, isOdd, past]): Past => ({
      ...past,
      ...same,
      ago: when,
      ...(isOdd ? {} : { partyRole: 'debtor', partyId: 'p1', initiator: 'us', debtorId: 'D1', debtId: 'L1', agencyId: 'A1', lives: null }),
      contactPoint: '+8613800000001',
    })),
  );
export const history = fc
  .tuple(fc.oneof(fc.constant<Past[]>([]), alike, alike), fc.array(anyPast, { maxLength: 6 }))
  .map(([some, more]) => [...some, ...more]);
