import type { RefusalKind } from '#problem';

export const FILE_OVER: RefusalKind = {
  code: 'complaint-over',
  status: 409,
  title: 'The complaint is closed, so nothing more is read or held for it',
};
export const HOLD_OVER: RefusalKind = {
  code: 'hold-over',
  status: 409,
  title: 'The complaint is decided or closed, so collection is not held for it',
};
