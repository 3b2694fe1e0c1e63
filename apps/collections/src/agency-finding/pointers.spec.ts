import { pointersOf, type Pointer, type Register, type Sighting } from './pointers.ts';

const DAY = '2026-11-20';
const seen = (agencyId: string, collectorId: string | null, deviceId: string | null, attempts = 1): Sighting => ({
  agencyId,
  collectorId,
  deviceId,
  attempts,
  firstAt: '2026-11-20T01:00:00.000Z',
  lastAt: '2026-11-20T09:00:00.000Z',
});
const works = (agencyId: string, collectorId: string, more: Partial<Register['collectors'][number]> = {}) => ({
  agencyId,
  collectorId,
  active: true,
  leftOn: null,
  employer: null,
  person: null,
  ...more,
});
const usual: Register = {
  agencies: [
    { agencyId: 'A', name: '演示（甲）公司' },
    { agencyId: 'B', name: '演示乙公司' },
  ],
  collectors: [works('A', 'c1'), works('A', 'c2'), works('B', 'c1')],
  devices: [
    { agencyId: 'A', deviceId: 'd1', collectorId: 'c1' },
    { agencyId: 'A', deviceId: 'line', collectorId: 'c1' },
    { agencyId: 'A', deviceId: 'line', collectorId: 'c2' },
    { agencyId: 'B', deviceId: 'b1', collectorId: 'c1' },
  ],
  seats: [],
};
const points = (sightings: readonly Sighting[], more: Partial<Register> = {}): Pointer[] =>
  pointersOf(DAY, sightings, { ...usual, ...more });
const said = (pointers: readonly Pointer[]): string[] =>
  pointers.map(({ agencyId, kind, about, seen: count }) => `${agencyId} ${kind} ${about} ${count}`);

describe('what points at sub-contracting', () => {
  it('is nothing where people work as registered, also with a tool that two share', () => {
    expect(
      points([
        seen('A', 'c1', 'd1', 40),
        seen('A', 'c1', 'line'),
        seen('A', 'c2', 'line', 30),
        seen('B', 'c1', 'b1'),
        seen('A', 'c1', null),
      ]),
    ).toEqual([]);
  });

  it('is a tool in several hands, and a collector in several places', () => {
    expect(said(points([seen('A', 'c1', 'd1', 5), seen('A', 'c2', 'd1', 7)]))).toEqual(['A device-many-collectors d1 12']);
    expect(said(points([seen('A', 'c1', 'd1', 5), seen('A', 'c1', 'own phone', 2)]))).toEqual(['A collector-many-places c1 7']);
  });

  it('is a tool of another agency, and one that works for two, at both of them', () => {
    expect(said(points([seen('A', 'c1', 'b1', 3)]))).toEqual(['A foreign-device b1 3']);
    const both = points([seen('A', 'c1', 'x', 3), seen('B', 'c1', 'x', 4)]);
    expect(said(both)).toEqual(['A device-many-agencies x 7', 'B device-many-agencies x 7']);
    expect(both[0]?.evidence).toMatchObject({ agencyIds: ['A', 'B'], deviceIds: ['x'], from: '2026-11-20T01:00:00.000Z' });
  });

  it('is a collector whom the register does not know, or who had left before the day', () => {
    expect(said(points([seen('B', 'c2', 'b1', 9)]))).toEqual(['B unknown-collector c2 9']);
    const left = (leftOn: string | null) => ({ collectors: [works('A', 'c1', { active: false, leftOn })] });
    expect(said(points([seen('A', 'c1', 'd1')], left('2026-11-19')))).toEqual(['A unknown-collector c1 1']);
    expect(points([seen('A', 'c1', 'd1')], left(DAY))).toEqual([]);
  });

  it('is a seat that two people worked at on one day', () => {
    const seats = ['c1', 'c2'].map((collectorId) => ({ agencyId: 'A', seatId: 's9', collectorId }));
    expect(said(points([seen('A', 'c1', 'd1', 2), seen('A', 'c2', 'line', 3)], { seats }))).toEqual(['A seat-many-collectors s9 5']);
    expect(points([seen('A', 'c1', 'd1')], { seats })).toEqual([]);
  });

  it('is what the register itself shows: a tool or a person of two agencies, an employer of another name', () => {
    const devices = [...usual.devices, { agencyId: 'A', deviceId: 'b1', collectorId: 'c2' }];
    expect(said(points([], { devices }))).toEqual(['A device-two-agencies b1 1', 'B device-two-agencies b1 1']);
    const people = { collectors: [works('A', 'c1', { person: 'p' }), works('B', 'k7', { person: 'p' })] };
    expect(said(points([], people))).toEqual(['A person-two-agencies c1 1', 'B person-two-agencies k7 1']);
    const employed = { collectors: [works('A', 'c1', { employer: '演示劳务公司' }), works('A', 'c2', { employer: '演示(甲) 公司' })] };
    expect(said(points([], employed))).toEqual(['A other-employer c1 1']);
  });
});
