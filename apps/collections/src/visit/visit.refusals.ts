import { CONFLICT, UNSUPPORTED_MEDIA, type RefusalKind } from '#problem';

const conflict = (code: string, title: string): RefusalKind => ({ ...CONFLICT, code, title });

export const VISIT_OVER = conflict('visit-over', 'This visit is over');
export const NOT_ARRIVED = conflict('not-arrived', 'Nobody has arrived yet');
export const IDENTITY_NOT_SHOWN = conflict('identity-not-shown', 'The visitors have not said who they are');
export const NO_ENTRY_CONSENT = conflict('no-entry-consent', 'Nobody enters without consent that is recorded');
export const NOT_A_PHOTO: RefusalKind = { ...UNSUPPORTED_MEDIA, code: 'not-a-photo', title: 'The file is no photo that is taken here' };
