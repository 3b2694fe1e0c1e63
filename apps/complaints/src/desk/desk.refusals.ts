import { CONFLICT, type RefusalKind } from '#problem';

export const UNIT_IN_USE: RefusalKind = {
  ...CONFLICT,
  code: 'unit-in-use',
  title: 'The unit still has units or people below it',
};
