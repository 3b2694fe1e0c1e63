import { CONFLICT, type RefusalKind } from '#problem';

export const MAIL_SETTLED: RefusalKind = { ...CONFLICT, code: 'mail-settled', title: 'This mail is settled already' };
export const ADDRESS_TAKEN: RefusalKind = { ...CONFLICT, code: 'mailbox-address-taken', title: 'This address cannot be used here' };
