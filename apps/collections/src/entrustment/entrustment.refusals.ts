import { CONFLICT, type RefusalKind } from '#problem';

const conflict = (code: string, title: string): RefusalKind => ({ ...CONFLICT, code, title });

export const CANNOT_ENTRUST = conflict('cannot-entrust', 'The case cannot be entrusted to this agency');
export const NOT_WITH_AN_AGENCY = conflict('not-with-an-agency', 'No agency has the case');
export const NOTHING_PENDING = conflict('nothing-pending', 'The case waits for no agency');
export const SAME_PERSON = conflict('same-person', 'Whoever asked does not approve');
