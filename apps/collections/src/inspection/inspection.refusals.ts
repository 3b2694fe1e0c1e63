import { CONFLICT, FORBIDDEN, INVALID, type RefusalKind } from '#problem';

const conflict = (code: string, title: string): RefusalKind => ({ ...CONFLICT, code, title });

export const NOT_PLANNED = conflict('inspection-not-planned', 'The inspection has begun, is done or was cancelled');
export const NOT_UNDER_WAY = conflict('inspection-not-under-way', 'The inspection has not begun, or is over');
export const NOT_WHOLE: RefusalKind = { ...INVALID, code: 'inspection-not-whole', title: 'The inspection is not complete' };
export const NOT_OPEN = conflict('finding-not-open', 'The finding does not wait for a report');
export const NOT_REPLIED = conflict('finding-not-replied', 'The finding does not wait for a verdict');
export const OWN_REPORT: RefusalKind = {
  ...FORBIDDEN,
  code: 'own-report',
  title: 'Who reported a rectification does not judge it',
};
