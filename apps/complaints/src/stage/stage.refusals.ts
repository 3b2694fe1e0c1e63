import { CONFLICT, type RefusalKind } from '#problem';

export const STAGE_CLOSED: RefusalKind = {
  ...CONFLICT,
  code: 'stages-over',
  title: 'The complaint is decided or closed: its stages are over',
};
export const SAME_STAGE: RefusalKind = { ...CONFLICT, code: 'stage-entered-already', title: 'The complaint is at this stage already' };
export const LIMITS_CHANGED: RefusalKind = {
  ...CONFLICT,
  code: 'stage-limits-changed',
  title: 'Somebody else has changed the limits meanwhile',
};
