import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { Zone } from './index.ts';

const zoneId = fc.constantFrom(
  'Asia/Shanghai',
  'Asia/Urumqi',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Beirut',
  'Antarctica/Troll',
  'UTC',
  '+08:00',
);
const instant = fc.integer({ min: Date.UTC(1980, 0, 1), max: Date.UTC(2040, 0, 1) });
const zoned = (ms: number, id: string): Temporal.ZonedDateTime => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(id);

// Integer arithmetic against Temporal, over years of changes of offset, also at midnight.
describe('local time', () => {
  it('is what Temporal says', () => {
    fc.assert(
      fc.property(zoneId, instant, (id, ms) => {
        const zone = Zone.of(id);
        const truth = zoned(ms, id);
        expect(zone.offsetAt(ms)).toBe(truth.offsetNanoseconds / 1e6);
        expect(zone.dayStart(ms)).toBe(truth.startOfDay().epochMilliseconds);
        expect(zone.nextDayStart(ms)).toBe(truth.startOfDay().add({ days: 1 }).startOfDay().epochMilliseconds);
        expect(zone.dateStart(truth.toPlainDate().toString())).toBe(truth.startOfDay().epochMilliseconds);
        expect(Date.parse(zone.format(ms))).toBe(ms);
      }),
      { numRuns: 2000 },
    );
  });

  it('knows no zone that is none', () => {
    expect(() => Zone.of('Asia/Nowhere')).toThrow(RangeError);
  });
});
