import { CONFLICT, type RefusalKind } from '#problem';

export const FILTER_NAME_TAKEN: RefusalKind = { ...CONFLICT, code: 'filter-name-taken', title: 'You have a filter of this name' };
export const TOO_MANY_FILTERS: RefusalKind = { ...CONFLICT, code: 'too-many-filters', title: 'You have as many filters as one can have' };
