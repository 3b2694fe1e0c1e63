import { CONFLICT, type RefusalKind } from '#problem';

export const ALREADY_JUDGED: RefusalKind = { ...CONFLICT, code: 'finding-judged', title: 'Somebody has judged the finding already' };
