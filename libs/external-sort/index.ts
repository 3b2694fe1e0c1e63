export type { SortRecord } from './records.ts';
export { sortExternally, type SortOptions } from './sort-externally.ts';
