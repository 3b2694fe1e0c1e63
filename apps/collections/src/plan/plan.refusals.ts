import { CONFLICT, FORBIDDEN, type RefusalKind } from '#problem';

const conflict = (code: string, title: string): RefusalKind => ({ ...CONFLICT, code, title });

export const PLAN_STATE = conflict('plan-state', 'The plan is not in the state for this');
export const PLAN_RUNS = conflict('plan-runs', 'There is a repayment plan on this debt already');
export const PLAN_STALE = conflict('plan-stale', 'What the plan rests on has changed');
export const PLAN_IN_ARREARS = conflict('plan-in-arrears', 'What has fallen due is not paid');
export const OWN_PLAN = conflict('own-plan', 'Whoever proposed the plan does not approve it');
export const ABOVE_LIMIT: RefusalKind = { ...FORBIDDEN, code: 'above-approval-limit', title: 'The plan is above what you may approve' };
