export { termLimitOn, type TermLimit } from './limits.ts';
export { fromCents, toCents, toMillionths } from './money.ts';
export { settlePromises, type Promised, type Settled } from './promises.ts';
export { missedFrom, standingOf, type Running, type Standing } from './standing.ts';
export { drawPlan, toRepay, type Drawn, type DrawnOn } from './terms.ts';
export * from './types.ts';
