import type { RowFault } from '#imports';
import type { TableRow } from '#tabular';
import { isLocalDate } from '#wire';
import { AGENCY_STATUSES, type AgencyStatus } from '../agency/standing.ts';
import type { RowScope } from './case-rows.ts';
import { cellsOf, columnsOf, firstFault, oneOf, ownInstitution, usualChecks, type Check } from './cells.ts';

const NAMES = [
  'institutionId',
  'agencyId',
  'name',
  'licence',
  'status',
  'published',
  'contractFrom',
  'contractTo',
  'lastEvaluatedOn',
  'phone',
  'address',
] as const;
type Name = (typeof NAMES)[number];
const mayBeLeftOut: ReadonlySet<Name> = new Set(NAMES.filter((name) => name !== 'agencyId' && name !== 'name'));
const DATES = ['contractFrom', 'contractTo', 'lastEvaluatedOn'] as const;

/** The columns of an `agencies` file: one row per agency. */
export const AGENCY_COLUMNS = columnsOf(NAMES, mayBeLeftOut);

/** A row that can be stored; dates are local dates, the contract's both included. */
export interface AgencyRow {
  readonly row: number;
  readonly agencyId: string;
  readonly name: string;
  readonly licence: string | null;
  readonly status: AgencyStatus;
  readonly published: boolean;
  readonly contractFrom: string | null;
  readonly contractTo: string | null;
  readonly lastEvaluatedOn: string | null;
  readonly phone: string | null;
  readonly address: string | null;
}

// As people and spreadsheets write them.
const YES = ['true', 'yes', 'y', '1', '是'];
const NO = ['false', 'no', 'n', '0', '否', ''];

const agencyStatus = (given: string): AgencyStatus | undefined => AGENCY_STATUSES.find((status) => status === (given || 'active'));

function checks(get: (name: Name) => string, scope: RowScope): Check<Name>[] {
  const published = get('published').toLowerCase();
  const date = (name: Name): Check<Name> => [
    name,
    get(name) === '' || isLocalDate(get(name)),
    'date',
    'must be a date such as 2026-09-01, or empty',
  ];
  return [
    // Whose standing it is: an agency that could put itself on the published list would be its own judge.
    ['agencyId', scope.agencyId === null, 'bank-only', 'is registered by the bank, not by an agency'],
    ...usualChecks(NAMES, mayBeLeftOut, get),
    ownInstitution(get('institutionId'), scope.institutionId),
    ['status', agencyStatus(get('status')) !== undefined, 'unknown-value', oneOf(AGENCY_STATUSES)],
    ['published', [...YES, ...NO].includes(published), 'unknown-value', 'must be true or false'],
    ...DATES.map(date),
    [
      'contractTo',
      get('contractFrom') === '' || get('contractTo') === '' || get('contractFrom') <= get('contractTo'),
      'order',
      'must not be before contractFrom',
    ],
  ];
}

/** The first thing that is wrong with the row, or the row. */
export function readAgencyRow({ row, values }: TableRow, scope: RowScope): AgencyRow | RowFault {
  const get = cellsOf(NAMES, values);
  const fault = firstFault(row, checks(get, scope));
  if (fault) return fault;
  return {
    row,
    agencyId: get('agencyId'),
    name: get('name'),
    licence: get('licence') || null,
    status: agencyStatus(get('status')) ?? 'active',
    published: YES.includes(get('published').toLowerCase()),
    contractFrom: get('contractFrom') || null,
    contractTo: get('contractTo') || null,
    lastEvaluatedOn: get('lastEvaluatedOn') || null,
    phone: get('phone') || null,
    address: get('address') || null,
  };
}
