export { cellText } from './cell-text.ts';
export { meets, recount, type TracedRow } from './recount.ts';
export { percent, percentile, type Condition, type Trace } from './trace.ts';
export { TraceCounts } from './trace-counts.ts';
