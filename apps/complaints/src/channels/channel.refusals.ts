import { CONFLICT, type RefusalKind } from '#problem';

export const CHANNELS_WAIT: RefusalKind = {
  ...CONFLICT,
  code: 'channels-wait',
  title: 'Another version of the public page waits for its approval',
};
export const CHANNELS_SETTLED: RefusalKind = { ...CONFLICT, code: 'channels-settled', title: 'This version of the public page is settled' };
