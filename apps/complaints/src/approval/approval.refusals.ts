import { CONFLICT, FORBIDDEN, type RefusalKind } from '#problem';

export const OWN_REQUEST: RefusalKind = {
  ...FORBIDDEN,
  code: 'own-request',
  title: 'Nobody settles what he asked for himself',
};
export const ALREADY_SETTLED: RefusalKind = {
  ...CONFLICT,
  code: 'already-settled',
  title: 'This request is settled',
};
export const ALREADY_ASKED: RefusalKind = {
  ...CONFLICT,
  code: 'already-asked',
  title: 'This is asked for already and not settled yet',
};
