import { CONFLICT, type RefusalKind } from '#problem';

export const NO_KEY_YET: RefusalKind = { ...CONFLICT, code: 'evidence-without-key', title: 'Nothing has been signed yet' };
export const NOT_SEALED_YET: RefusalKind = { ...CONFLICT, code: 'not-sealed-yet', title: 'This record has no place in the log yet' };
