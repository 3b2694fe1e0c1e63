import { CONFLICT, NOT_FOUND, type RefusalKind } from '#problem';

export const RECEIPT_UNKNOWN: RefusalKind = {
  ...NOT_FOUND,
  code: 'receipt-unknown',
  title: 'No complaint has this receipt number and access code',
};
export const COMPLAINT_OVER: RefusalKind = { ...CONFLICT, code: 'complaint-over', title: 'The complaint is closed' };
export const TAKES_NO_COMPLAINTS: RefusalKind = {
  ...NOT_FOUND,
  code: 'takes-no-complaints',
  title: 'No institution takes complaints at this address',
};
