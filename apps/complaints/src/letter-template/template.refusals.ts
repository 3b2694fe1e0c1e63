import { CONFLICT, INVALID, type RefusalKind } from '#problem';

export const LETTER_INCOMPLETE: RefusalKind = { ...INVALID, code: 'letter-incomplete', title: 'The letter lacks what it must carry' };
export const TEMPLATE_REFUSED: RefusalKind = {
  ...INVALID,
  code: 'content-refused',
  title: 'The text says what no letter of a bank may say',
};
export const TEMPLATE_STATE: RefusalKind = { ...CONFLICT, code: 'template-state', title: 'The template is not where this step begins' };
export const NO_TEMPLATE: RefusalKind = { ...CONFLICT, code: 'no-template', title: 'There is no approved template for this letter' };
export const NO_LETTERHEAD: RefusalKind = { ...CONFLICT, code: 'no-letterhead', title: 'Nobody has set who writes the letters' };
