import { CONFLICT, FORBIDDEN, INVALID, type RefusalKind } from '#problem';

const conflict = (code: string, title: string): RefusalKind => ({ ...CONFLICT, code, title });

export const STEP_SKIPPED: RefusalKind = { ...INVALID, code: 'sanction-step-skipped', title: 'Steps are left out without a reason' };
export const NOT_PROPOSED = conflict('sanction-not-proposed', 'The sanction does not wait for a decision');
export const NOT_IN_FORCE = conflict('sanction-not-in-force', 'The sanction is not in force');
export const APPEALED = conflict('sanction-appealed', 'There has been an appeal already');
export const NOT_APPEALED = conflict('sanction-not-appealed', 'No appeal waits for a decision');
export const OWN_SANCTION: RefusalKind = { ...FORBIDDEN, code: 'own-sanction', title: 'A second person decides, never who proposed it' };
