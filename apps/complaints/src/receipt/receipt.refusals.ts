import { CONFLICT, type RefusalKind } from '#problem';

export const RECEIPT_FIXED: RefusalKind = {
  ...CONFLICT,
  code: 'receipt-fixed',
  title: 'The receipt of this complaint is not moved any more',
};
export const RULES_REFUSE_RECEIPT: RefusalKind = {
  ...CONFLICT,
  code: 'receipt-contradicts-ledger',
  title: 'With this receipt something that is on record could not have happened',
};
export const CORRECTION_WAITS: RefusalKind = { ...CONFLICT, code: 'correction-waits', title: 'A correction waits for approval already' };
export const CORRECTION_SETTLED: RefusalKind = { ...CONFLICT, code: 'correction-settled', title: 'This correction was settled before' };
export const OWN_TERM: RefusalKind = { ...CONFLICT, code: 'own-term', title: 'Nobody gives a complaint of his own a later receipt' };
export const RECEIPT_MOVED: RefusalKind = {
  ...CONFLICT,
  code: 'receipt-moved',
  title: 'The receipt is another than when this was asked for',
};
