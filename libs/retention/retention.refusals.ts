import { CONFLICT, FORBIDDEN, type RefusalKind } from '#problem';

export const OWN_PROPOSAL: RefusalKind = { ...FORBIDDEN, code: 'own-proposal', title: 'Another person has to decide this' };
export const NOT_YOURS: RefusalKind = { ...FORBIDDEN, code: 'not-your-proposal', title: 'Only who proposed it may withdraw it' };
export const RULE_OPEN: RefusalKind = { ...CONFLICT, code: 'retention-rule-open', title: 'A rule for this kind waits for its decision' };
export const ALREADY_DECIDED: RefusalKind = { ...CONFLICT, code: 'already-decided', title: 'This is decided' };
export const HOLD_OVER: RefusalKind = { ...CONFLICT, code: 'retention-hold-over', title: 'The hold was released' };
export const RELEASE_ASKED: RefusalKind = { ...CONFLICT, code: 'release-already-asked', title: 'Its release waits for a decision' };
export const NO_RELEASE: RefusalKind = { ...CONFLICT, code: 'no-release-asked', title: 'Nobody asked for its release' };
export const DRY_RUN_OPEN: RefusalKind = { ...CONFLICT, code: 'dry-run-not-done', title: 'The dry run is not done' };
export const NOTHING_DUE: RefusalKind = { ...CONFLICT, code: 'nothing-due', title: 'Nothing of it is due' };
export const NOT_DUE_YET: RefusalKind = { ...CONFLICT, code: 'not-due-yet', title: 'Its day has not come' };
export const ALREADY_ASKED: RefusalKind = { ...CONFLICT, code: 'destruction-already-asked', title: 'A destruction of this dry run exists' };
export const LIST_CHANGED: RefusalKind = { ...CONFLICT, code: 'list-changed', title: 'That is not the list of this run' };
export const RUN_OVER: RefusalKind = { ...CONFLICT, code: 'retention-run-over', title: 'The run is over' };
export const NOT_DESTROYED: RefusalKind = { ...CONFLICT, code: 'nothing-destroyed-yet', title: 'Nothing was destroyed by this run' };
