import { CHANNELS, DEFAULT_TIME_ZONE, PARTY_ROLES, Zone, type Channel, type PartyRole } from '#contact-rules';
import type { RowFault } from '#imports';
import type { TableRow } from '#tabular';
import { isInstant, isLocalDate } from '#wire';
import { normalizeContactPoint } from '../contact/contact-point.ts';
import { cellsOf, columnsOf, firstFault, oneOf, ownInstitution, usualChecks, type Check } from './cells.ts';
import { zonesOfNumber } from './number-zones.ts';

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
  'region',
  'referralNoticeAt',
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
  'region',
  'referralNoticeAt',
]);
/** The columns of a `cases` file: one row per contact point. */
export const CASE_COLUMNS = columnsOf(NAMES, mayBeLeftOut);

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
  /** The zones that the number itself claims. */
  readonly zones: readonly string[];
  readonly agencyId: string | null;
  /** GB/T 2260, where the debtor lives; null: the file does not say. */
  readonly region: string | null;
  /** ISO, when the debtor was told of the referral to the agency; null: the file does not say. */
  readonly referralNoticeAt: string | null;
}

export interface RowScope {
  readonly institutionId: string;
  /** The agency that imports; null: the bank. */
  readonly agencyId: string | null;
}

const PHONE: readonly Channel[] = ['voice', 'sms', 'im'];
const isZone = (id: string): boolean => {
  try {
    return Zone.of(id) !== undefined;
  } catch {
    return false;
  }
};

function checks(get: (name: Name) => string, scope: RowScope): Check<Name>[] {
  return [
    ...usualChecks(NAMES, mayBeLeftOut, get),
    ownInstitution(get('institutionId'), scope.institutionId),
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
    ['region', /^(\d{6})?$/.test(get('region')), 'region', 'must be a code of GB/T 2260 with six digits, such as 230100, or empty'],
    ...noticeChecks(get, scope),
  ];
}

function noticeChecks(get: (name: Name) => string, scope: RowScope): Check<Name>[] {
  const given = get('referralNoticeAt');
  if (given === '') return [];
  const column = 'referralNoticeAt';
  return [
    [column, isLocalDate(given) || isInstant(given), 'instant', 'must be a date or an instant with its offset, or empty'],
    [column, get('agencyId') !== '', 'no-referral', 'must be empty for a case that no agency has'],
    // The bank tells the debtor, and answers for having told: an agency does not say so for it.
    [column, scope.agencyId === null, 'bank-only', 'must be empty in a file of an agency'],
  ];
}

/** A date counts from its first instant where the debtor is. */
function noticeAt(given: string, timeZone: string): string | null {
  if (given === '') return null;
  return new Date(isLocalDate(given) ? Zone.of(timeZone).dateStart(given) : given).toISOString();
}

/** Everything that is wrong with the row, or the row. */
export function readCaseRow({ row, values }: TableRow, scope: RowScope): CaseRow | RowFault {
  const get = cellsOf(NAMES, values);
  const fault = firstFault(row, checks(get, scope));
  if (fault) return fault;
  const contactChannel = get('contactChannel') as Channel;
  const contactPoint = normalizeContactPoint(contactChannel, get('contactPoint'));
  const timeZone = get('timeZone') || DEFAULT_TIME_ZONE;
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
    timeZone,
    partyId: get('partyId'),
    partyRole: get('partyRole') as PartyRole,
    partyName: get('partyName'),
    contactPoint,
    contactChannel,
    contactSource: get('contactSource'),
    zones: PHONE.includes(contactChannel) ? zonesOfNumber(contactPoint) : [],
    agencyId: get('agencyId') || null,
    region: get('region') || null,
    referralNoticeAt: noticeAt(get('referralNoticeAt'), timeZone),
  };
}
