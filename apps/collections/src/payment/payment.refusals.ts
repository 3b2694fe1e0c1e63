import { CONFLICT, type RefusalKind } from '#problem';

export const PAYMENT_KNOWN: RefusalKind = { ...CONFLICT, code: 'payment-known', title: 'A payment of this id is known with other content' };
