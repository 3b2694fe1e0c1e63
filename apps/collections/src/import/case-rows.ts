import { CHANNELS, DEFAULT_TIME_ZONE, PARTY_ROLES, Zone, type Channel, type PartyRole } from '#contact-rules';
import type { RowFault } from '#imports';
import type { TableRow } from '#tabular';
import { isLocalDate } from '#wire';
import { normalizeContactPoint } from '../contact/contact-point.ts';

const NAMES = [
  'institutionId',
  'caseId',
  'debtorId',
  'debtorName',
  'idNumber',
  'debtId',
  'product',
  'balance',
  'currency',
  'overdueSince',
  'timeZone',
  'partyId',
  'partyRole',
  'partyName',
  'contactPoint',
  'contactChannel',
  'contactSource',
  'agencyId',
] as const;
type Name = (typeof NAMES)[number];

const mayBeLeftOut: ReadonlySet<Name> = new Set([
  'institutionId',
  'idNumber',
  'product',
  'overdueSince',
  'timeZone',
  'agencyId',
  'contactSource',
]);
/** The columns of a `cases` file: one row per contact point. */
export const CASE_COLUMNS = NAMES.map((name) => ({ name, required: !mayBeLeftOut.has(name) }));

/** A row that can be stored. */
export interface CaseRow {
  readonly row: number;
  readonly caseId: string;
  readonly debtorId: string;
  readonly debtorName: string;
  readonly idNumber: string | null;
  readonly debtId: string;
  readonly product: string;
  readonly balance: string;
  readonly currency: string;
  readonly overdueSince: string | null;
  readonly timeZone: string;
  readonly partyId: string;
  readonly partyRole: PartyRole;
  readonly partyName: string;
  readonly contactPoint: string;
  readonly contactChannel: Channel;
  readonly contactSource: string;
  readonly agencyId: string | null;
}

export interface RowScope {
  readonly institutionId: string;
  /** The agency that imports; null: the bank. */
  readonly agencyId: string | null;
}

const LONGEST = 200;
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001F\u007F]/;
const isZone = (id: string): boolean => {
  try {
    return Zone.of(id) !== undefined;
  } catch {
    return false;
  }
};
const cell = (values: readonly string[], name: Name): string => (values[NAMES.indexOf(name)] ?? '').trim();

type Check = readonly [Name, boolean, code: string, detail: string];

function checks(values: readonly string[], scope: RowScope): Check[] {
  const get = (name: Name): string => cell(values, name);
  const needed = NAMES.filter((name) => !mayBeLeftOut.has(name)).map((name): Check => [
    name,
    get(name) !== '',
    'required',
    'must not be empty',
  ]);
  const short = NAMES.map((name): Check => [name, get(name).length <= LONGEST, 'too-long', `must have at most ${LONGEST} characters`]);
  // Nothing that is written on one line has them, and one of them parts our keys.
  const clean = NAMES.map((name): Check => [name, !CONTROL.test(get(name)), 'control-character', 'must not hold control characters']);
  const oneOf = (allowed: readonly string[]): string => `must be one of ${allowed.join(', ')}`;
  return [
    ...needed,
    ...short,
    ...clean,
    [
      'institutionId',
      ['', scope.institutionId].includes(get('institutionId')),
      'other-institution',
      'must be your own institution or empty',
    ],
    ['agencyId', scope.agencyId === null || get('agencyId') === scope.agencyId, 'other-agency', 'must be your own agency'],
    [
      'balance',
      /^-?\d{1,15}(\.\d{1,2})?$/.test(get('balance')),
      'amount',
      'must be an amount with a point and at most two decimals, such as 1234.50, without thousands separators',
    ],
    ['currency', /^[A-Z]{3}$/.test(get('currency')), 'currency', 'must be a currency of ISO 4217, such as CNY'],
    [
      'overdueSince',
      get('overdueSince') === '' || isLocalDate(get('overdueSince')),
      'date',
      'must be a date such as 2026-09-01, or empty when not overdue',
    ],
    [
      'timeZone',
      get('timeZone') === '' || isZone(get('timeZone')),
      'time-zone',
      'must be a time zone such as Asia/Shanghai, or empty for that one',
    ],
    ['partyRole', (PARTY_ROLES as readonly string[]).includes(get('partyRole')), 'unknown-value', oneOf(PARTY_ROLES)],
    ['contactChannel', (CHANNELS as readonly string[]).includes(get('contactChannel')), 'unknown-value', oneOf(CHANNELS)],
  ];
}

/** Everything that is wrong with the row, or the row. */
export function readCaseRow({ row, values }: TableRow, scope: RowScope): CaseRow | RowFault {
  const broken = checks(values, scope).find(([, holds]) => !holds);
  if (broken) return { row, column: broken[0], code: broken[2], detail: `${broken[0]} ${broken[3]}` };
  const get = (name: Name): string => cell(values, name);
  const contactChannel = get('contactChannel') as Channel;
  return {
    row,
    caseId: get('caseId'),
    debtorId: get('debtorId'),
    debtorName: get('debtorName'),
    idNumber: get('idNumber') || null,
    debtId: get('debtId'),
    product: get('product'),
    balance: get('balance'),
    currency: get('currency'),
    overdueSince: get('overdueSince') || null,
    timeZone: get('timeZone') || DEFAULT_TIME_ZONE,
    partyId: get('partyId'),
    partyRole: get('partyRole') as PartyRole,
    partyName: get('partyName'),
    contactPoint: normalizeContactPoint(contactChannel, get('contactPoint')),
    contactChannel,
    contactSource: get('contactSource'),
    agencyId: get('agencyId') || null,
  };
}
