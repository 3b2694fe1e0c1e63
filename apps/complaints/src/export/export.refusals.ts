import { CONFLICT, INVALID, type RefusalKind } from '#problem';

export const EXPORT_TOO_LARGE: RefusalKind = { ...INVALID, code: 'export-too-large', title: 'These are too many complaints for one file' };
export const EXPORT_NOT_READY: RefusalKind = { ...CONFLICT, code: 'export-not-ready', title: 'The file is not there yet' };
export const EXPORT_EXPIRED: RefusalKind = { ...CONFLICT, code: 'export-expired', title: 'The file is gone; ask for another' };
