import { CONFLICT, type RefusalKind } from '#problem';

export const STAFF_KNOWN: RefusalKind = { ...CONFLICT, code: 'staff-known', title: 'This collector works for the agency already' };
export const STAFF_LEFT: RefusalKind = { ...CONFLICT, code: 'staff-left', title: 'This collector has left; register them anew' };
export const SEAT_TAKEN: RefusalKind = {
  ...CONFLICT,
  code: 'seat-taken',
  title: 'Somebody else has the seat: a seat has one person at a time',
};
export const CERTIFICATE_KNOWN: RefusalKind = {
  ...CONFLICT,
  code: 'certificate-known',
  title: 'This certificate is in the register already',
};
export const CERTIFICATE_SETTLED: RefusalKind = {
  ...CONFLICT,
  code: 'certificate-settled',
  title: 'The certificate has been confirmed or revoked already',
};
