import { CONFLICT, INVALID, type RefusalKind } from '#problem';

export const NOT_DECIDED: RefusalKind = { ...CONFLICT, code: 'not-decided', title: 'There is no decision to tell of yet' };
export const NO_PROOF: RefusalKind = { ...INVALID, code: 'no-proof', title: 'What proves that the complainant was told is missing' };
export const LETTER_OPEN: RefusalKind = { ...INVALID, code: 'letter-open', title: 'The letter has places that nobody has filled' };
export const NO_SHORT_FORM: RefusalKind = { ...CONFLICT, code: 'no-short-form', title: 'The template has no text for a text message' };
export const TOO_FEW_TRIES: RefusalKind = {
  ...CONFLICT,
  code: 'too-few-tries',
  title: 'The complainant has not been looked for long enough',
};
export const ALREADY_TOLD: RefusalKind = {
  ...CONFLICT,
  code: 'already-told',
  title: 'The complainant has been told, or the complaint is closed',
};
export const WAIVER_STATE: RefusalKind = { ...CONFLICT, code: 'waiver-state', title: 'The waiver is not where this step begins' };
export const OWN_WAIVER: RefusalKind = {
  ...CONFLICT,
  code: 'own-waiver',
  title: 'Nobody waives the telling of a complaint that he handles',
};
