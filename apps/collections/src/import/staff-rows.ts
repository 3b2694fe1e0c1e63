import type { RowFault } from '#imports';
import type { TableRow } from '#tabular';
import { isLocalDate } from '#wire';
import type { RowScope } from './case-rows.ts';
import { cellsOf, columnsOf, firstFault, oneOf, ownInstitution, usualChecks, type Check } from './cells.ts';

const NAMES = ['institutionId', 'agencyId', 'collectorId', 'name', 'certificateUntil', 'deviceIds', 'status'] as const;
type Name = (typeof NAMES)[number];
const mayBeLeftOut: ReadonlySet<Name> = new Set(['institutionId', 'certificateUntil', 'deviceIds', 'status']);

/** The columns of an `agency-staff` file: one row per collector. */
export const STAFF_COLUMNS = columnsOf(NAMES, mayBeLeftOut);

/** A row that can be stored. */
export interface StaffRow {
  readonly row: number;
  readonly agencyId: string;
  readonly collectorId: string;
  readonly name: string;
  /** Local date, the last day; null: no certificate. */
  readonly certificateUntil: string | null;
  /** Sorted, each once. Empty for who has left. */
  readonly deviceIds: readonly string[];
  readonly active: boolean;
}

const STATUSES = ['active', 'left'] as const;
const LONGEST = 200;
const MOST_DEVICES = 50;
const longest = (name: Name): number => (name === 'deviceIds' ? MOST_DEVICES * LONGEST : LONGEST);

const listOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[;；]/)
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  ),
];

function checks(get: (name: Name) => string, scope: RowScope): Check<Name>[] {
  const devices = listOf(get('deviceIds'));
  const until = get('certificateUntil');
  return [
    ...usualChecks(NAMES, mayBeLeftOut, get, longest),
    ownInstitution(get('institutionId'), scope.institutionId),
    ['agencyId', scope.agencyId === null || get('agencyId') === scope.agencyId, 'other-agency', 'must be your own agency'],
    ['certificateUntil', until === '' || isLocalDate(until), 'date', 'must be a date such as 2026-09-01, or empty for none'],
    ['deviceIds', devices.length <= MOST_DEVICES, 'too-many', `must name at most ${MOST_DEVICES} devices, separated by ;`],
    ['deviceIds', devices.every(({ length }) => length <= LONGEST), 'too-long', `must have at most ${LONGEST} characters each`],
    ['status', ['', ...STATUSES].includes(get('status')), 'unknown-value', oneOf(STATUSES)],
  ];
}

/** The first thing that is wrong with the row, or the row. */
export function readStaffRow({ row, values }: TableRow, scope: RowScope): StaffRow | RowFault {
  const get = cellsOf(NAMES, values);
  const fault = firstFault(row, checks(get, scope));
  if (fault) return fault;
  const active = get('status') !== 'left';
  return {
    row,
    agencyId: get('agencyId'),
    collectorId: get('collectorId'),
    name: get('name'),
    certificateUntil: get('certificateUntil') || null,
    deviceIds: active ? listOf(get('deviceIds')).toSorted() : [],
    active,
  };
}
