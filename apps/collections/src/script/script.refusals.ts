import { CONFLICT, FORBIDDEN, INVALID, type RefusalKind } from '#problem';

export const SCRIPT_REFUSED: RefusalKind = {
  ...INVALID,
  code: 'script-refused',
  title: 'This may not be said to a debtor, or not without more',
};
export const OWN_SCRIPT: RefusalKind = { ...FORBIDDEN, code: 'own-script', title: 'A second person approves a script, never its author' };
export const SCRIPT_APPROVED: RefusalKind = { ...CONFLICT, code: 'script-approved', title: 'This version has been approved already' };
export const SCRIPT_RETIRED: RefusalKind = { ...CONFLICT, code: 'script-retired', title: 'This version has been retired' };
