import { CONFLICT, type RefusalKind } from '#problem';

export const CALENDAR_OPEN: RefusalKind = {
  ...CONFLICT,
  code: 'calendar-open',
  title: 'There is a draft of this year already; change, propose or cancel it first',
};
export const CALENDAR_STATE: RefusalKind = {
  ...CONFLICT,
  code: 'calendar-state',
  title: 'This version is not where that can be done',
};
export const CALENDAR_CHANGED: RefusalKind = {
  ...CONFLICT,
  code: 'calendar-changed',
  title: 'The draft is another than the one that was looked at',
};
