import { CONFLICT, FORBIDDEN, INVALID, type RefusalKind } from '#problem';

export const MAJOR_SETTINGS_REFUSED: RefusalKind = { ...INVALID, code: 'major-settings-refused', title: 'The plan cannot be set so' };
export const SETTINGS_WAIT: RefusalKind = {
  ...CONFLICT,
  code: 'major-settings-wait',
  title: 'A version waits for a second person; nothing else is set meanwhile',
};
export const NO_SETTINGS_WAIT: RefusalKind = { ...CONFLICT, code: 'major-no-settings-wait', title: 'No version waits for a second person' };
export const MATTER_ENDED: RefusalKind = { ...CONFLICT, code: 'major-ended', title: 'The matter is closed, or is no major one any more' };
export const ALREADY_MAJOR: RefusalKind = { ...CONFLICT, code: 'already-major', title: 'The complaint is part of an open major matter' };
export const DRILL_HAS_NO_COMPLAINTS: RefusalKind = {
  ...CONFLICT,
  code: 'drill-has-no-complaints',
  title: 'A drill touches no complaint',
};
export const DRILL_IS_NOT_SENT: RefusalKind = { ...CONFLICT, code: 'drill-is-not-sent', title: 'The report of a drill is never sent' };
export const STEP_SETTLED: RefusalKind = { ...CONFLICT, code: 'major-step-settled', title: 'The step is done or skipped' };
export const NOT_YOUR_STEP: RefusalKind = { ...FORBIDDEN, code: 'not-your-step', title: 'The step is somebody else’s' };
export const REPORT_STATE: RefusalKind = { ...CONFLICT, code: 'major-report-state', title: 'The report is not at this point' };
export const DOWNGRADE_WAITS: RefusalKind = {
  ...CONFLICT,
  code: 'major-downgrade-waits',
  title: 'Somebody has still to say whether it is no major matter',
};
export const NO_DOWNGRADE_WAITS: RefusalKind = { ...CONFLICT, code: 'major-no-downgrade-waits', title: 'Nobody asked to downgrade it' };
export const MAJOR_BY_RULE: RefusalKind = { ...CONFLICT, code: 'major-by-rule', title: 'By the rules this is a major complaint' };
export const NOT_TO_BE_CLOSED: RefusalKind = {
  ...CONFLICT,
  code: 'major-not-to-be-closed',
  title: 'A major matter is closed when its plan is done and its reports are sent',
};
export const ALREADY_REPORTED: RefusalKind = {
  ...CONFLICT,
  code: 'major-already-reported',
  title: 'What was reported is ended by a closing report',
};
