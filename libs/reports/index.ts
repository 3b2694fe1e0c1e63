export { Counts, countTable, type CountColumn, type CountGroup } from './count-table.ts';
export { datesOf, daysOf, monthBefore, type Period } from './period.ts';
export { ReportKind, type ReportScope, type RowsSink } from './report-kind.ts';
