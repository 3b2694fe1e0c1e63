import {
  AGENCY_COLUMNS as shownAgencies,
  CASE_COLUMNS as shownCases,
  DUE_COLUMNS as shownDues,
  LOG_COLUMNS as shownLog,
  STAFF_COLUMNS as shownStaff,
} from '../apps/console/src/pages/import/columns.ts';
import { AGENCY_COLUMNS } from '../apps/collections/src/import/agency-rows.ts';
import { CASE_COLUMNS } from '../apps/collections/src/import/case-rows.ts';
import { DUE_COLUMNS } from '../apps/collections/src/import/due-rows.ts';
import { STAFF_COLUMNS } from '../apps/collections/src/import/staff-rows.ts';
import { LOG_COLUMNS } from '../apps/collections/src/lookback/log-row.ts';

const sorted = (columns: readonly { readonly name: string; readonly required: boolean }[], required: boolean): string[] =>
  columns.filter((column) => column.required === required).map(({ name }) => name);

describe('the columns that the console tells people of', () => {
  it.each([
    ['cases', shownCases, CASE_COLUMNS],
    ['contact log', shownLog, LOG_COLUMNS],
    ['agencies', shownAgencies, AGENCY_COLUMNS],
    ['due dates', shownDues, DUE_COLUMNS],
    ['agency staff', shownStaff, STAFF_COLUMNS],
  ] as const)('are those that the service reads: %s', (_, shown, read) => {
    expect([...shown.needed]).toEqual(sorted(read, true));
    expect([...shown.optional]).toEqual(sorted(read, false));
  });
});
