import { CONFLICT, FORBIDDEN, INVALID, type RefusalKind } from '#problem';

export const OWN_TEMPLATE: RefusalKind = {
  ...FORBIDDEN,
  code: 'own-template',
  title: 'A second person approves a template, never its author',
};
export const ALREADY_APPROVED: RefusalKind = { ...CONFLICT, code: 'already-approved', title: 'This version has been approved already' };
export const RETIRED: RefusalKind = { ...CONFLICT, code: 'template-retired', title: 'This version has been retired' };
export const OTHER_CHANNEL: RefusalKind = { ...CONFLICT, code: 'other-channel', title: 'A template keeps its channel' };
export const CONTENT_REFUSED: RefusalKind = { ...INVALID, code: 'content-refused', title: 'The text may not be sent to a debtor' };
