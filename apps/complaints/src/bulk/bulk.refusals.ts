import { CONFLICT, INVALID, type RefusalKind } from '#problem';

export const SELECTION_TOO_LARGE: RefusalKind = {
  ...INVALID,
  code: 'selection-too-large',
  title: 'These are too many complaints for one go',
};
export const SELECTION_EMPTY: RefusalKind = { ...INVALID, code: 'selection-empty', title: 'No complaint is chosen' };
export const LIST_CHANGED: RefusalKind = { ...CONFLICT, code: 'list-changed', title: 'This is not the list that was proposed' };
export const BULK_OVER: RefusalKind = { ...CONFLICT, code: 'bulk-over', title: 'It is over already' };
