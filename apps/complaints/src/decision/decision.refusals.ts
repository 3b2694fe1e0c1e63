import { CONFLICT, FORBIDDEN, INVALID, type RefusalKind } from '#problem';

export const DECISION_WAITS: RefusalKind = { ...CONFLICT, code: 'decision-waits', title: 'A decision waits for approval already' };
export const DECISION_MADE: RefusalKind = {
  ...CONFLICT,
  code: 'decision-made',
  title: 'The complaint is decided, or closed without a decision',
};
export const DECISION_STATE: RefusalKind = { ...CONFLICT, code: 'decision-state', title: 'The decision is not where this step begins' };
export const DECISION_INCOMPLETE: RefusalKind = { ...INVALID, code: 'decision-incomplete', title: 'The decision lacks what it must say' };
export const OWN_DECISION: RefusalKind = {
  ...FORBIDDEN,
  code: 'own-decision',
  title: 'Nobody approves a decision of his own, or of a complaint that he handles, or twice',
};
