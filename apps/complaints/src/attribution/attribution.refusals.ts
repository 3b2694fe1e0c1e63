import type { RefusalKind } from '#problem';

export const CAUSE_KNOWN: RefusalKind = { code: 'cause-known', status: 409, title: 'The complaint has this cause already' };
export const CAUSE_SETTLED: RefusalKind = { code: 'cause-settled', status: 409, title: 'The cause is settled already' };
export const CAUSE_CONFLICT: RefusalKind = { code: 'cause-conflict', status: 409, title: 'A complaint has causes, or none: not both' };
