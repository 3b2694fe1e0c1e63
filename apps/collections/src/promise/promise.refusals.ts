import { CONFLICT, type RefusalKind } from '#problem';

export const PROMISE_OVER: RefusalKind = {
  ...CONFLICT,
  code: 'promise-over',
  title: 'The promise has been kept, broken or withdrawn already',
};
