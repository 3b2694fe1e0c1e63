import { CONFLICT, FORBIDDEN, type RefusalKind } from '#problem';

export const TOO_EARLY: RefusalKind = {
  ...CONFLICT,
  code: 'too-early',
  title: 'The days that are to be compared are not over',
};
export const EFFECT_NOT_SHOWN: RefusalKind = {
  ...CONFLICT,
  code: 'effect-not-shown',
  title: 'A measure is closed when its effect is shown, or another person accepts that it cannot be measured',
};
export const OWNER_ACCEPTS: RefusalKind = {
  ...FORBIDDEN,
  code: 'owner-accepts',
  title: 'Whoever answers for a measure does not accept that its effect cannot be measured',
};
