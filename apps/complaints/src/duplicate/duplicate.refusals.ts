import { CONFLICT, type RefusalKind } from '#problem';

export const ALREADY_MERGED: RefusalKind = { ...CONFLICT, code: 'already-merged', title: 'The complaint goes on as another already' };
export const NOT_OPEN: RefusalKind = { ...CONFLICT, code: 'not-open', title: 'Only what is open is merged' };
export const NOT_SAME_PERSON: RefusalKind = {
  ...CONFLICT,
  code: 'not-same-person',
  title: 'Nothing says that the same person complains: each has an answer of his own to get',
};
export const SEPARATE_ALREADY: RefusalKind = {
  ...CONFLICT,
  code: 'separate-already',
  title: 'The two were found to be no duplicates before',
};
export const RULES_REFUSE: RefusalKind = { ...CONFLICT, code: 'rules-refuse', title: 'The rules do not allow this' };
