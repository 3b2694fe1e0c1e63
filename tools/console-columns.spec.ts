import { CASE_COLUMNS as shownCases, LOG_COLUMNS as shownLog } from '../apps/console/src/pages/import/columns.ts';
import { CASE_COLUMNS } from '../apps/collections/src/import/case-rows.ts';
import { LOG_COLUMNS } from '../apps/collections/src/lookback/log-row.ts';

const sorted = (columns: readonly { readonly name: string; readonly required: boolean }[], required: boolean): string[] =>
  columns.filter((column) => column.required === required).map(({ name }) => name);

describe('the columns that the console tells people of', () => {
  it.each([
    ['cases', shownCases, CASE_COLUMNS],
    ['contact log', shownLog, LOG_COLUMNS],
  ] as const)('are those that the service reads: %s', (_, shown, read) => {
    expect([...shown.needed]).toEqual(sorted(read, true));
    expect([...shown.optional]).toEqual(sorted(read, false));
  });
});
