import { companyKey } from '../agency-staff/fitness.ts';

/** What points at sub-contracting (CC22, CBA26: none in any form). None of it is proof: each is judged by a person. */
export const FINDING_KINDS = [
  /** A tool used by several collectors on one day, and not registered for all of them. */
  'device-many-collectors',
  /** A tool used for several agencies on one day. */
  'device-many-agencies',
  /** A collector with several tools on one day, not all of them registered as theirs: one seat in many places. */
  'collector-many-places',
  /** A seat that changed hands within a day, both of whom made contacts. */
  'seat-many-collectors',
  /** Contacts in the name of somebody who is not registered with the agency, or has left. */
  'unknown-collector',
  /** A tool of another agency. */
  'foreign-device',
  /** A tool that two agencies have registered. */
  'device-two-agencies',
  /** Somebody who works for two agencies: the same identity number. */
  'person-two-agencies',
  /** Somebody whose labour contract is with another company. */
  'other-employer',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Those that the register shows whatever happens on a day. */
export const OF_REGISTER: readonly FindingKind[] = ['device-two-agencies', 'person-two-agencies', 'other-employer'];

/** Contacts of a local day, made or asked for, by one collector with one tool for one agency. */
export interface Sighting {
  readonly agencyId: string;
  readonly collectorId: string | null;
  readonly deviceId: string | null;
  readonly attempts: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

export interface RegisteredCollector {
  readonly agencyId: string;
  readonly collectorId: string;
  readonly active: boolean;
  /** Null: still there, or nobody has said when. */
  readonly leftOn: string | null;
  readonly employer: string | null;
  /** Stands for the identity number. */
  readonly person: string | null;
}

/** What is registered of the agencies, with the seats as they were taken on the day. */
export interface Register {
  readonly agencies: readonly { readonly agencyId: string; readonly name: string }[];
  readonly collectors: readonly RegisteredCollector[];
  readonly devices: readonly { readonly agencyId: string; readonly deviceId: string; readonly collectorId: string }[];
  readonly seats: readonly { readonly agencyId: string; readonly seatId: string; readonly collectorId: string }[];
}

/** What was seen; lists are sorted, each once. */
export interface Evidence {
  readonly collectorIds: readonly string[];
  readonly deviceIds: readonly string[];
  readonly agencyIds: readonly string[];
  readonly employer?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface Pointer {
  readonly agencyId: string;
  readonly kind: FindingKind;
  /** The tool, seat or collector it is about. */
  readonly about: string;
  /** Contacts behind it; 1 where the register alone shows it. */
  readonly seen: number;
  readonly evidence: Evidence;
}

const SEP = '\u001f';
const keyOf = (...parts: readonly string[]): string => parts.join(SEP);

function grouped<T>(items: Iterable<T>, key: (item: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const of = key(item);
    if (of === null) continue;
    const group = groups.get(of);
    if (group) group.push(item);
    else groups.set(of, [item]);
  }
  return groups;
}

const distinct = (values: Iterable<string | null>): string[] =>
  [...new Set([...values].filter((value): value is string => value !== null))].toSorted();

/** A pointer of an agency at something, by the sightings behind it. */
function seenBy(
  kind: FindingKind,
  agencyId: string,
  about: string,
  sightings: readonly Sighting[],
  agencyIds: readonly string[] = [],
): Pointer {
  return {
    agencyId,
    kind,
    about,
    seen: sightings.reduce((sum, { attempts }) => sum + attempts, 0),
    evidence: {
      collectorIds: distinct(sightings.map(({ collectorId }) => collectorId)),
      deviceIds: distinct(sightings.map(({ deviceId }) => deviceId)),
      agencyIds: distinct([agencyId, ...agencyIds]),
      from: sightings.map(({ firstAt }) => firstAt).toSorted()[0],
      to: sightings
        .map(({ lastAt }) => lastAt)
        .toSorted()
        .at(-1),
    },
  };
}

/** Tools in several hands, and hands with several tools, where the register says otherwise. */
function ofTools(sightings: readonly Sighting[], { devices }: Register): Pointer[] {
  const held = new Set(devices.map(({ agencyId, deviceId, collectorId }) => keyOf(agencyId, deviceId, collectorId)));
  const holders = grouped(devices, ({ deviceId }) => deviceId);
  const withBoth = sightings.filter(({ collectorId, deviceId }) => collectorId !== null && deviceId !== null);
  const asRegistered = ({ agencyId, deviceId, collectorId }: Sighting): boolean =>
    held.has(keyOf(agencyId, deviceId ?? '', collectorId ?? ''));
  const oddly = (group: readonly Sighting[], of: (one: Sighting) => string | null): boolean =>
    distinct(group.map(of)).length > 1 && !group.every(asRegistered);
  const byDevice = [...grouped(withBoth, ({ agencyId, deviceId }) => keyOf(agencyId, deviceId ?? '')).values()];
  const byCollector = [...grouped(withBoth, ({ agencyId, collectorId }) => keyOf(agencyId, collectorId ?? '')).values()];
  const about = (group: readonly Sighting[], kind: FindingKind, of: (one: Sighting) => string | null): Pointer[] => {
    const [first] = group;
    const name = first && of(first);
    return first && name ? [seenBy(kind, first.agencyId, name, group)] : [];
  };
  const foreign = [
    ...grouped(sightings, ({ agencyId, deviceId }) => (deviceId === null ? null : keyOf(agencyId, deviceId))).values(),
  ].flatMap((group) => {
    const [first] = group;
    const owners = distinct((holders.get(first?.deviceId ?? '') ?? []).map(({ agencyId }) => agencyId));
    if (!first?.deviceId || owners.length === 0 || owners.includes(first.agencyId)) return [];
    return [seenBy('foreign-device', first.agencyId, first.deviceId, group, owners)];
  });
  return [
    ...byDevice
      .filter((group) => oddly(group, ({ collectorId }) => collectorId))
      .flatMap((group) => about(group, 'device-many-collectors', ({ deviceId }) => deviceId)),
    ...byCollector
      .filter((group) => oddly(group, ({ deviceId }) => deviceId))
      .flatMap((group) => about(group, 'collector-many-places', ({ collectorId }) => collectorId)),
    ...foreign,
  ];
}

/** A tool used for several agencies on one day points at each of them. */
function acrossAgencies(sightings: readonly Sighting[]): Pointer[] {
  return [...grouped(sightings, ({ deviceId }) => deviceId)].flatMap(([deviceId, group]) => {
    const agencies = distinct(group.map(({ agencyId }) => agencyId));
    return agencies.length < 2 ? [] : agencies.map((agencyId) => seenBy('device-many-agencies', agencyId, deviceId, group, agencies));
  });
}

function ofSeats(sightings: readonly Sighting[], { seats }: Register): Pointer[] {
  const active = grouped(sightings, ({ agencyId, collectorId }) => (collectorId === null ? null : keyOf(agencyId, collectorId)));
  return [...grouped(seats, ({ agencyId, seatId }) => keyOf(agencyId, seatId)).values()].flatMap((bound) => {
    const [first] = bound;
    const people = distinct(bound.map(({ collectorId }) => collectorId)).filter((id) => active.has(keyOf(first?.agencyId ?? '', id)));
    if (!first || people.length < 2) return [];
    return [
      seenBy(
        'seat-many-collectors',
        first.agencyId,
        first.seatId,
        people.flatMap((id) => active.get(keyOf(first.agencyId, id)) ?? []),
      ),
    ];
  });
}

function ofPeople(day: string, sightings: readonly Sighting[], { collectors }: Register): Pointer[] {
  const known = new Map(collectors.map((one) => [keyOf(one.agencyId, one.collectorId), one]));
  const isKnown = (agencyId: string, collectorId: string): boolean => {
    const one = known.get(keyOf(agencyId, collectorId));
    // Of the day somebody left on, the morning was theirs.
    return one !== undefined && (one.active || one.leftOn === null || day <= one.leftOn);
  };
  return [
    ...grouped(sightings, ({ agencyId, collectorId }) => (collectorId === null ? null : keyOf(agencyId, collectorId))).values(),
  ].flatMap((group) => {
    const [first] = group;
    if (!first?.collectorId || isKnown(first.agencyId, first.collectorId)) return [];
    return [seenBy('unknown-collector', first.agencyId, first.collectorId, group)];
  });
}

/** What the register shows by itself. */
export function pointersOfRegister({ agencies, collectors, devices }: Register): Pointer[] {
  const shown = (kind: FindingKind, agencyId: string, about: string, evidence: Partial<Evidence>): Pointer => ({
    agencyId,
    kind,
    about,
    seen: 1,
    evidence: { collectorIds: [], deviceIds: [], agencyIds: [agencyId], ...evidence },
  });
  const twice = [...grouped(devices, ({ deviceId }) => deviceId)].flatMap(([deviceId, rows]) => {
    const agencyIds = distinct(rows.map(({ agencyId }) => agencyId));
    if (agencyIds.length < 2) return [];
    const collectorIds = distinct(rows.map(({ collectorId }) => collectorId));
    return agencyIds.map((agencyId) =>
      shown('device-two-agencies', agencyId, deviceId, { agencyIds, deviceIds: [deviceId], collectorIds }),
    );
  });
  const working = collectors.filter(({ active }) => active);
  const people = [...grouped(working, ({ person }) => person).values()].flatMap((rows) => {
    const agencyIds = distinct(rows.map(({ agencyId }) => agencyId));
    if (agencyIds.length < 2) return [];
    const collectorIds = distinct(rows.map(({ collectorId }) => collectorId));
    return rows.map(({ agencyId, collectorId }) => shown('person-two-agencies', agencyId, collectorId, { agencyIds, collectorIds }));
  });
  const names = new Map(agencies.map(({ agencyId, name }) => [agencyId, companyKey(name)]));
  const elsewhere = working.flatMap(({ agencyId, collectorId, employer }) =>
    employer === null || companyKey(employer) === names.get(agencyId)
      ? []
      : [shown('other-employer', agencyId, collectorId, { collectorIds: [collectorId], employer })],
  );
  return [...twice, ...people, ...elsewhere];
}

/** What points at sub-contracting on a local day, by what was seen and what is registered. */
export function pointersOf(day: string, sightings: readonly Sighting[], register: Register): Pointer[] {
  return [
    ...ofTools(sightings, register),
    ...acrossAgencies(sightings),
    ...ofSeats(sightings, register),
    ...ofPeople(day, sightings, register),
    ...pointersOfRegister(register),
  ];
}
