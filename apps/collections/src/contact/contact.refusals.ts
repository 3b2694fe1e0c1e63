import { CONFLICT, type RefusalKind } from '#problem';

export const ATTEMPT_WAS_REFUSED: RefusalKind = {
  ...CONFLICT,
  code: 'attempt-was-refused',
  title: 'This contact was refused, so it can have no outcome',
};
export const OUTCOME_KNOWN: RefusalKind = {
  ...CONFLICT,
  code: 'outcome-already-recorded',
  title: 'Another outcome has been recorded for this contact',
};
