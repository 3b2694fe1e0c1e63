export { reseal, type SealedColumn } from './reseal.ts';
export { runReseal } from './run-reseal.ts';
