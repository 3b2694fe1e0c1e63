import { CONFLICT, UNSUPPORTED_MEDIA, type RefusalKind } from '#problem';

export const NOT_A_RECORDING: RefusalKind = {
  ...UNSUPPORTED_MEDIA,
  code: 'not-a-recording',
  title: 'The file is no recording that is taken here',
};
export const DESTROYED: RefusalKind = { ...CONFLICT, code: 'recording-destroyed', title: 'This recording has been destroyed' };
export const KEPT_ELSEWHERE: RefusalKind = { ...CONFLICT, code: 'recording-kept-elsewhere', title: 'This recording is kept elsewhere' };
export const HELD_ALREADY: RefusalKind = { ...CONFLICT, code: 'already-held', title: 'This recording is held already' };
export const NOT_HELD: RefusalKind = { ...CONFLICT, code: 'not-held', title: 'This recording is not held' };
