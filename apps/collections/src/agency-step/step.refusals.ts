import { CONFLICT, FORBIDDEN, INVALID, type RefusalKind } from '#problem';

const conflict = (code: string, title: string): RefusalKind => ({ ...CONFLICT, code, title });

export const OWN_STEP: RefusalKind = {
  ...FORBIDDEN,
  code: 'own-agency-step',
  title: 'A second person decides, never the one who proposed it',
};
export const STEP_SETTLED = conflict('agency-step-settled', 'This has been decided or withdrawn already');
export const STEP_OPEN = conflict('agency-step-open', 'Something else is proposed for the agency; decide or withdraw it first');
export const STEP_NOT_NOW = conflict('agency-step-not-now', 'The agency does not stand so that this could be done');
export const NOT_READY: RefusalKind = { ...INVALID, code: 'agency-not-ready', title: 'Something is missing of the agency' };
