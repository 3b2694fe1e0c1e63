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
  'Atlantic/Azores',
  'America/Havana',
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

  it.each([
    ['Atlantic/Azores', '2026-10-25T00:00Z', 25],
    ['America/New_York', '2026-11-01T12:00Z', 25],
    ['America/New_York', '2026-03-08T12:00Z', 23],
    ['Australia/Lord_Howe', '2026-04-05T00:00Z', 24.5],
    ['Africa/Cairo', '2026-04-24T12:00Z', 23],
  ])('the day of %s with %s turns where a watch on the wall does', (id, text, hours) => {
    const zone = Zone.of(id);
    const at = Date.parse(text);
    const quarter = 900_000;
    const [first, last] = [zone.dayStart(at), zone.nextDayStart(at)];
    expect((last - first) / 3_600_000).toBe(hours);
    const times = [0, 90, 150, 1320].map((minutes) => minutes * 60_000);
    const wall = (ms: number): number => zone.timeOfDay(ms);
    const watched = Array.from({ length: (last - first) / quarter }, (_, count) => first + count * quarter).filter(
      (ms) => ms === first || times.includes(wall(ms)) || wall(ms) !== wall(ms - quarter) + quarter,
    );
    expect([...new Set(zone.turnsOfDay(at, times))].toSorted((a, b) => a - b)).toEqual(watched);
  });

  it('knows no zone that is none', () => {
    expect(() => Zone.of('Asia/Nowhere')).toThrow(RangeError);
  });
});
