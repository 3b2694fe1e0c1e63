import { CONFLICT, INVALID, type RefusalKind } from '#problem';

export const BAD_FAITH_SETTINGS_REFUSED: RefusalKind = {
  ...INVALID,
  code: 'bad-faith-settings-refused',
  title: 'The signals cannot be set so',
};
export const DECISION_WAITS: RefusalKind = {
  ...CONFLICT,
  code: 'bad-faith-decision-waits',
  title: 'A second person has still to say whether it is suspected',
};
export const NOTHING_WAITS: RefusalKind = { ...CONFLICT, code: 'bad-faith-nothing-waits', title: 'No decision waits for a second person' };
export const NOT_SUSPECTED: RefusalKind = {
  ...CONFLICT,
  code: 'bad-faith-not-suspected',
  title: 'Only what two persons suspect is reported',
};
export const FLAG_WITHDRAWN: RefusalKind = { ...CONFLICT, code: 'bad-faith-flag-withdrawn', title: 'This flag was withdrawn before' };
