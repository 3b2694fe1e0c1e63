import { CONFLICT, FORBIDDEN, INVALID, type RefusalKind } from '#problem';

const conflict = (code: string, title: string): RefusalKind => ({ ...CONFLICT, code, title });

export const DRAFT_OPEN = conflict('evaluation-draft-open', 'A draft of this agency waits to be decided');
export const NOT_DRAFT = conflict('evaluation-decided', 'The evaluation has been decided already');
export const STALE_DRAFT = conflict('evaluation-stale', 'The numbers of the draft are too old to be confirmed');
export const OWN_EVALUATION: RefusalKind = {
  ...FORBIDDEN,
  code: 'own-evaluation',
  title: 'A second person decides about an evaluation, never who drafted it',
};
export const WEIGHTS_REFUSED: RefusalKind = { ...INVALID, code: 'weights-refused', title: 'The weights do not keep to the rules' };
export const STALE_WEIGHTS = conflict('stale-weights', 'Somebody has set other weights since you read them');
