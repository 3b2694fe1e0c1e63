import { CONFLICT, INVALID, type RefusalKind } from '#problem';

export const LETTER_INCOMPLETE: RefusalKind = {
  ...INVALID,
  code: 'letter-incomplete',
  title: 'The letter lacks what it must carry',
};
export const NOT_A_LETTER: RefusalKind = { ...CONFLICT, code: 'not-a-letter', title: 'This message is not a letter, or is none yet' };
export const NO_LETTERS: RefusalKind = { ...CONFLICT, code: 'no-letters', title: 'There is no letter to print' };
export const LETTER_STATE: RefusalKind = { ...CONFLICT, code: 'letter-state', title: 'The letter is not where this step begins' };
