import { CONFLICT, FORBIDDEN, type RefusalKind } from '#problem';

export const OWN_CARE_CASE: RefusalKind = {
  ...FORBIDDEN,
  code: 'own-care-case',
  title: 'A second person decides a care case, never whoever reported it',
};
export const CARE_DECIDED: RefusalKind = { ...CONFLICT, code: 'care-case-decided', title: 'This care case has been decided' };
