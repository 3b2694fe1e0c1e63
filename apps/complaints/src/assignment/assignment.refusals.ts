import { CONFLICT, type RefusalKind } from '#problem';

export const NO_CANDIDATE: RefusalKind = { ...CONFLICT, code: 'no-candidate', title: 'Nobody of the desk can take the complaint' };
export const NOT_AWAY: RefusalKind = { ...CONFLICT, code: 'not-away', title: 'He is there to do it himself' };
export const COMPLAINT_CLOSED: RefusalKind = { ...CONFLICT, code: 'complaint-closed', title: 'The complaint is closed' };
