import { CONFLICT, FORBIDDEN, INVALID, type RefusalKind } from '#problem';

export const OWN_DRAFT: RefusalKind = { ...FORBIDDEN, code: 'own-draft', title: 'A second person decides on a draft' };
export const NOT_YOUR_DRAFT: RefusalKind = { ...FORBIDDEN, code: 'not-your-draft', title: 'Only its author may do this to a draft' };
export const DRAFT_STATE: RefusalKind = { ...CONFLICT, code: 'draft-state', title: 'The state of the draft does not allow this' };
export const DRAFT_CHANGED: RefusalKind = { ...CONFLICT, code: 'draft-changed', title: 'The draft has been changed since it was read' };
export const LOOSER_THAN_PACK: RefusalKind = {
  ...INVALID,
  code: 'looser-than-pack',
  title: 'An institution may tighten its packs, never loosen them',
};
export const VERSION_BEGUN: RefusalKind = {
  ...CONFLICT,
  code: 'version-begun',
  title: 'The version has begun and cannot be recalled; publish another one',
};
export const VERSION_RECALLED: RefusalKind = { ...CONFLICT, code: 'version-recalled', title: 'The version has been recalled before' };
