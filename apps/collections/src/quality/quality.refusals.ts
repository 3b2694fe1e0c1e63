import { CONFLICT, FORBIDDEN, type RefusalKind } from '#problem';

const conflict = (code: string, title: string): RefusalKind => ({ ...CONFLICT, code, title });

export const PERIOD_DRAWN = conflict('period-drawn', 'Recordings of this period have been drawn');
export const PERIOD_OPEN = conflict('period-open', 'The period is not over');
export const REVIEW_DONE = conflict('review-done', 'The review has been done');
export const DISPUTED_ALREADY = conflict('disputed-already', 'A result is disputed once');
export const NOT_DISPUTED = conflict('not-disputed', 'There is no open dispute');
export const TOOK_PART: RefusalKind = { ...FORBIDDEN, code: 'took-part', title: 'Whoever took part in it does not judge it' };
