import { CONFLICT, INVALID, type RefusalKind } from '#problem';

/** One word for a wrong code, a code that is over or used, and a question that nobody asked: nothing is to be learnt from it. */
export const CODE_NOT_GOOD: RefusalKind = { ...INVALID, code: 'code-not-good', title: 'This code is not good, or not any more' };
export const CODES_AT_NIGHT: RefusalKind = { ...CONFLICT, code: 'no-codes-at-night', title: 'Codes are sent from 08:00 to 22:00' };
