import { CONFLICT, type RefusalKind } from '#problem';

export const SOURCE_CHANGED: RefusalKind = {
  ...CONFLICT,
  code: 'source-changed',
  title: 'Somebody else has changed this source meanwhile',
};
export const SOURCE_NAME_TAKEN: RefusalKind = { ...CONFLICT, code: 'source-name-taken', title: 'Another source has this name' };
export const NOT_FINISHED: RefusalKind = {
  ...CONFLICT,
  code: 'reconciliation-not-finished',
  title: 'The reconciliation has no findings to give yet',
};
