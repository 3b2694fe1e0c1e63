export { evaluateClock, yearsAskedBy } from './evaluate.ts';
export {
  calendarFrom,
  calendarOf,
  PUBLISHED_CALENDARS,
  workingDaysAfter,
  type Calendar,
  type CalendarYear,
  type PublishedCalendar,
} from './calendar.ts';
export { countsWorkingDays, sourceOf, REVIEW_TERM_IDS, type ClockPack, type OtherRow, type ReviewTermId, type TermRow } from './pack.ts';
export { reviewClock, type ReviewAnswer, type ReviewInput } from './review.ts';
export { CLOCK_PACK_NAMES, findClockPack } from './packs.ts';
export * from './types.ts';
export { toClockMessage } from './message.ts';
