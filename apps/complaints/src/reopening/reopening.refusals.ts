import { CONFLICT, type RefusalKind } from '#problem';

export const NOT_CLOSED: RefusalKind = {
  ...CONFLICT,
  code: 'not-closed',
  title: 'Only what is closed is reopened',
};
export const REOPENED_ALREADY: RefusalKind = {
  ...CONFLICT,
  code: 'reopened-already',
  title: 'Another complaint follows this one already',
};
