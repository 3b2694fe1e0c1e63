import { CONFLICT, INVALID, type RefusalKind } from '#problem';

export const CODES_REFUSED: RefusalKind = { ...INVALID, code: 'codes-refused', title: 'The codes are not such a table' };
export const TABLE_STATE: RefusalKind = { ...CONFLICT, code: 'code-table-state', title: 'This version is not where that can be done' };
export const TABLE_PROPOSED: RefusalKind = {
  ...CONFLICT,
  code: 'code-table-proposed',
  title: 'A version waits for approval; it is approved or returned first',
};
