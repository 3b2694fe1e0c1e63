import { Zone } from '#contact-rules';
import type { RowFault } from '#imports';
import { toCents } from '#plan-rules';
import type { TableRow } from '#tabular';
import { isInstant, isLocalDate } from '#wire';
import type { RowScope } from '../import/case-rows.ts';
import { cellsOf, columnsOf, firstFault, ownInstitution, usualChecks, type Check } from '../import/cells.ts';

const NAMES = ['institutionId', 'paymentId', 'caseId', 'paidAt', 'amount', 'currency', 'reversalOf', 'balanceAfter'] as const;
type Name = (typeof NAMES)[number];
const mayBeLeftOut: ReadonlySet<Name> = new Set(['institutionId', 'reversalOf', 'balanceAfter']);
/** The columns of a `payments` file: one row per payment, and one per reversal. */
export const PAYMENT_COLUMNS = columnsOf(NAMES, mayBeLeftOut);

/** A payment as it is told. */
export interface PaymentRow {
  readonly row: number;
  readonly paymentId: string;
  readonly caseId: string;
  /** An instant, or a date where the debtor is. */
  readonly paidAt: string;
  readonly cents: bigint;
  readonly currency: string;
  readonly reversalOf: string | null;
  readonly balanceAfter: string | null;
}

const AMOUNT = 'must be an amount with a point and at most two decimals, such as 1234.50, without thousands separators';

function checks(get: (name: Name) => string, { institutionId, agencyId }: RowScope): Check<Name>[] {
  const cents = toCents(get('amount'));
  const isReversal = get('reversalOf') !== '';
  return [
    ...usualChecks(NAMES, mayBeLeftOut, get),
    ownInstitution(get('institutionId'), institutionId),
    // What came in is for core banking to say.
    ['paymentId', agencyId === null, 'bank-only', 'is for the bank to import'],
    ['paidAt', isInstant(get('paidAt')) || isLocalDate(get('paidAt')), 'instant', 'must be an instant with its offset, or a date'],
    ['amount', cents !== null && cents !== 0n, 'amount', `${AMOUNT}, and not 0`],
    [
      'amount',
      cents === null || cents < 0n === isReversal,
      'sign',
      'must be below 0 where reversalOf is given, and above 0 where it is not',
    ],
    ['currency', /^[A-Z]{3}$/.test(get('currency')), 'currency', 'must be a currency of ISO 4217, such as CNY'],
    ['reversalOf', get('reversalOf') === '' || get('reversalOf') !== get('paymentId'), 'itself', 'must be another payment'],
    ['balanceAfter', get('balanceAfter') === '' || toCents(get('balanceAfter')) !== null, 'amount', AMOUNT],
  ];
}

/** The first thing that is wrong with the row, or the row. */
export function readPaymentRow({ row, values }: TableRow, scope: RowScope): PaymentRow | RowFault {
  const get = cellsOf(NAMES, values);
  const fault = firstFault(row, checks(get, scope));
  if (fault) return fault;
  return {
    row,
    paymentId: get('paymentId'),
    caseId: get('caseId'),
    paidAt: get('paidAt'),
    cents: toCents(get('amount')) ?? 0n,
    currency: get('currency'),
    reversalOf: get('reversalOf') || null,
    balanceAfter: get('balanceAfter') || null,
  };
}

/** A day without a time counts to its last second where the debtor is: nobody is late for a time that was not told. */
export function paidInstant(paidAt: string, timeZone: string): Date {
  if (!isLocalDate(paidAt)) return new Date(paidAt);
  const zone = Zone.of(timeZone);
  return new Date(zone.nextDayStart(zone.dateStart(paidAt)) - 1000);
}
