import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { LEDGER_EVENT_TYPES, MATTERS, type ClockEvent, type ClockInput, type EventType } from './index.ts';

const FIRST = Temporal.PlainDate.from('2026-02-10');

// Instants by local date and time, with midnight among them, around the ends of terms as often as elsewhere.
const day = fc.oneof(
  fc.integer({ min: -1, max: 40 }),
  fc.constantFrom(0, 14, 15, 16, 29, 30, 31, 59, 60, 61),
  fc.integer({ min: 0, max: 90 }),
);
const time = fc.constantFrom('00:00', '00:00', '00:01', '09:00', '12:00', '23:59');
const moment = fc.record({ day, time });
type Moment = { readonly day: number; readonly time: string };

function toInstant({ day: days, time: at }: Moment, zone: string): string {
  return FIRST.add({ days }).toZonedDateTime({ timeZone: zone, plainTime: at }).toInstant().toString();
}

const frequent: EventType[] = ['declared-complex', 'extended', 'paused', 'resumed', 'paused', 'resumed', 'agreed', 'new-facts'];

const event = fc.record({
  type: fc.constantFrom<EventType>(...LEDGER_EVENT_TYPES, ...frequent, ...frequent),
  at: moment,
  approverLevel: fc.constantFrom('superior' as const, 'head-office' as const, 'superior' as const, 'complaint-head' as const, null),
  told: fc.option(fc.oneof(fc.constant('then' as const), fc.constant('then' as const), moment), { freq: 8 }),
  reason: fc.constantFrom('appraisal' as const, 'mediation' as const, null),
  complainantAgreed: fc.constantFrom(true, true, false, null),
  dueIn: fc.integer({ min: -2, max: 40 }),
  inTime: fc.boolean(),
});

const zones = fc.constantFrom('Asia/Shanghai', 'Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Asia/Beirut');

/** Ledgers of any kind under a pack, with what the rules allow and what they refuse. */
export const ledgersOf = (pack: string): fc.Arbitrary<ClockInput> =>
  fc
    .record({
      zone: zones,
      received: time,
      at: moment,
      events: fc.array(event, { maxLength: 9 }),
      matter: fc.constantFrom(...MATTERS, null),
    })
    .map(({ zone, received, at, events, matter }) => ({
      pack,
      matter,
      timeZone: zone,
      receivedAt: toInstant({ day: 0, time: received }, zone),
      at: toInstant({ day: Math.max(at.day, 0), time: at.time }, zone),
      events: events.map(({ at: when, told, dueIn, ...rest }): ClockEvent => {
        const toldAt = told === 'then' ? when : told;
        return {
          ...rest,
          at: toInstant(when, zone),
          complainantToldAt: toldAt && toInstant(toldAt, zone),
          dueOn: FIRST.add({ days: when.day + dueIn }).toString(),
        };
      }),
    }));

export const ledgers = ledgersOf('cn-banking-2020');
