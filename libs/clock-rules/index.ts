export { evaluateClock } from './evaluate.ts';
export { calendarOf, workingDaysAfter, type Calendar } from './calendar.ts';
export { type ClockPack, type OtherRow, type TermRow } from './pack.ts';
export { CLOCK_PACK_NAMES, findClockPack } from './packs.ts';
export * from './types.ts';
export { toClockMessage } from './message.ts';
