import { CONFLICT, FORBIDDEN, type RefusalKind } from '#problem';

export const NOTE_SENT: RefusalKind = {
  ...CONFLICT,
  code: 'note-sent',
  title: 'What the complainant may have read is not changed: write another',
};
export const NOT_AUTHOR: RefusalKind = { ...FORBIDDEN, code: 'not-author', title: 'Only whoever wrote a note changes it' };
