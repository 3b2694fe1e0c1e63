import type { RowFault } from '#imports';
import type { TableRow } from '#tabular';
import { isLocalDate } from '#wire';
import type { RowScope } from './case-rows.ts';
import { cellsOf, columnsOf, firstFault, ownInstitution, usualChecks, type Check } from './cells.ts';

const NAMES = ['institutionId', 'caseId', 'dueOn', 'amountDue', 'currency', 'paidOn'] as const;
type Name = (typeof NAMES)[number];
const mayBeLeftOut: ReadonlySet<Name> = new Set(['institutionId', 'paidOn']);

/** The columns of a `due-dates` file: one row per case and date. */
export const DUE_COLUMNS = columnsOf(NAMES, mayBeLeftOut);

/** A row that can be stored. */
export interface DueRow {
  readonly row: number;
  readonly caseId: string;
  readonly dueOn: string;
  readonly amountDue: string;
  readonly currency: string;
  /** Null: not paid. */
  readonly paidOn: string | null;
}

function checks(get: (name: Name) => string, scope: RowScope): Check<Name>[] {
  const paidOn = get('paidOn');
  return [
    ...usualChecks(NAMES, mayBeLeftOut, get),
    ownInstitution(get('institutionId'), scope.institutionId),
    ['institutionId', scope.agencyId === null, 'not-yours', 'is the bank’s: an agency brings no due dates'],
    ['dueOn', isLocalDate(get('dueOn')), 'date', 'must be a date such as 2026-12-01'],
    [
      'amountDue',
      /^\d{1,15}(\.\d{1,2})?$/.test(get('amountDue')) && Number(get('amountDue')) > 0,
      'amount',
      'must be an amount such as 1234.50',
    ],
    ['currency', /^[A-Z]{3}$/.test(get('currency')), 'currency', 'must be a currency of ISO 4217, such as CNY'],
    ['paidOn', paidOn === '' || isLocalDate(paidOn), 'date', 'must be a date such as 2026-11-30, or empty where it is not paid'],
  ];
}

/** The first thing that is wrong with the row, or the row. */
export function readDueRow({ row, values }: TableRow, scope: RowScope): DueRow | RowFault {
  const get = cellsOf(NAMES, values);
  const fault = firstFault(row, checks(get, scope));
  if (fault) return fault;
  const { caseId, dueOn, amountDue, currency } = Object.fromEntries(NAMES.map((name) => [name, get(name)])) as Record<Name, string>;
  return { row, caseId, dueOn, amountDue, currency, paidOn: get('paidOn') || null };
}
