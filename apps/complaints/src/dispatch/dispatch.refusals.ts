import { INVALID, type RefusalKind } from '#problem';

export const CONTENT_REFUSED: RefusalKind = {
  ...INVALID,
  code: 'content-refused',
  title: 'The text says what no message of a bank may say',
};
