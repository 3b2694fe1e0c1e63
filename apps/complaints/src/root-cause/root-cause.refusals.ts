import { CONFLICT, type RefusalKind } from '#problem';

export const NOT_JUSTIFIED: RefusalKind = {
  ...CONFLICT,
  code: 'not-justified',
  title: 'Only a complaint that was found justified has a cause to look for',
};
export const CAUSE_KNOWN: RefusalKind = {
  ...CONFLICT,
  code: 'cause-known',
  title: 'This cause of the complaint is proposed or confirmed already',
};
