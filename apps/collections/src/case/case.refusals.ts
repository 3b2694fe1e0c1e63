import { CONFLICT, type RefusalKind } from '#problem';

const conflict = (code: string, title: string): RefusalKind => ({ ...CONFLICT, code, title });

export const HOLD_OVER = conflict('hold-over', 'The hold is over already');
export const HELD_BY_COMPLAINT = conflict('held-by-complaint', 'A complaint asks for this hold; it ends with the complaint');
export const HELD_BY_PLAN = conflict('held-by-plan', 'A repayment plan that is being kept holds the debtor; it ends with the plan');
export const HELD_BY_OBJECTION = conflict('held-by-objection', 'An objection set this hold; it ends when the debtor was told the result');
export const ALREADY_WITHDRAWN = conflict('already-withdrawn', 'This has been withdrawn already');
export const NOT_ENTRUSTED = conflict('not-entrusted', 'No agency has the case, so there is no referral to be told of');
export const HELD_FOR_CARE = conflict('held-for-care', 'A care case set this hold, and its decision ends it');
