import { CONFLICT, type RefusalKind } from '#problem';

export const NO_LETTERS: RefusalKind = { ...CONFLICT, code: 'no-letters', title: 'There is no letter to print' };
export const NOT_PERMITTED: RefusalKind = { ...CONFLICT, code: 'letter-not-permitted', title: 'There is no permit for this letter' };
export const LETTER_STATE: RefusalKind = { ...CONFLICT, code: 'letter-state', title: 'The letter is not where this step begins' };
