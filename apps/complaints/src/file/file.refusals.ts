import { CONFLICT, FORBIDDEN, type RefusalKind } from '#problem';

export const QUARANTINED: RefusalKind = {
  ...FORBIDDEN,
  code: 'file-quarantined',
  title: 'The file carries a virus and is given to nobody',
};
export const NOT_SCANNED_YET: RefusalKind = {
  ...CONFLICT,
  code: 'file-not-scanned-yet',
  title: 'The file is still being looked at for viruses',
};
export const NO_PREVIEW: RefusalKind = { ...CONFLICT, code: 'no-preview', title: 'The file can be downloaded, not shown' };
export const FILE_REMOVED: RefusalKind = { ...CONFLICT, code: 'file-removed', title: 'The bytes of the file have been removed' };
export const KEPT_BY_LAW: RefusalKind = { ...CONFLICT, code: 'kept-by-law', title: 'The law asks for the file still' };
export const TOO_MANY_FILES: RefusalKind = { ...CONFLICT, code: 'too-many-files', title: 'The complaint has as many files as it can have' };
