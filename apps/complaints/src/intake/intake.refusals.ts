import { CONFLICT, type RefusalKind } from '#problem';

export const NO_PROOF_NEEDED: RefusalKind = {
  ...CONFLICT,
  code: 'no-proof-needed',
  title: 'Nobody acts for the complainant here: there is no paper to examine',
};
export const NOT_PROVED: RefusalKind = {
  ...CONFLICT,
  code: 'representation-not-proved',
  title: 'Who acts for the complainant has not shown that he may',
};
export const CANNOT_BE_TOLD: RefusalKind = {
  ...CONFLICT,
  code: 'nobody-to-tell',
  title: 'Nobody acts for the complainant who could be told',
};
