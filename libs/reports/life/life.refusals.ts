import { CONFLICT, FORBIDDEN, type RefusalKind } from '#problem';

export const NOT_CANCELLABLE: RefusalKind = { ...CONFLICT, code: 'report-not-cancellable', title: 'The report can no longer be cancelled' };
export const NOT_SIGNABLE: RefusalKind = { ...CONFLICT, code: 'report-not-signable', title: 'The report is not there to be signed' };
export const OWN_REPORT: RefusalKind = { ...FORBIDDEN, code: 'own-report', title: 'Whoever made a report does not sign it' };
export const NOT_CORRECTABLE: RefusalKind = {
  ...CONFLICT,
  code: 'report-not-correctable',
  title: 'Only the signed version of a report is corrected',
};
export const CORRECTION_OPEN: RefusalKind = { ...CONFLICT, code: 'report-correction-open', title: 'The report is being corrected already' };
