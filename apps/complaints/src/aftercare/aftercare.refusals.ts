import { CONFLICT, FORBIDDEN, type RefusalKind } from '#problem';

export const TOOK_PART: RefusalKind = {
  ...FORBIDDEN,
  code: 'took-part',
  title: 'Whoever took part in a matter does not judge it',
};
export const NOT_IN_THIS_STATE: RefusalKind = {
  ...CONFLICT,
  code: 'not-in-this-state',
  title: 'As it stands this is not to be done',
};
