import { INVALID, type RefusalKind } from '#problem';

export const CODE_UNKNOWN: RefusalKind = {
  ...INVALID,
  code: 'code-unknown',
  title: 'The table in force has no such code',
};
export const REASON_NEEDED: RefusalKind = {
  ...INVALID,
  code: 'reason-needed',
  title: 'A classification that is there is changed with a reason',
};
export const RULES_REFUSED: RefusalKind = { ...INVALID, code: 'rules-refused', title: 'The rules are not such a set' };
