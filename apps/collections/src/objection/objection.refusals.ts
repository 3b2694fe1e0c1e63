import { CONFLICT, type RefusalKind } from '#problem';

const conflict = (code: string, title: string): RefusalKind => ({ ...CONFLICT, code, title });

export const OBJECTION_OPEN = conflict('objection-open', 'An objection to this debt is open already');
export const OBJECTION_DECIDED = conflict('objection-decided', 'The objection was decided or withdrawn already');
export const OBJECTION_UNDECIDED = conflict('objection-undecided', 'The objection is not decided yet, so there is nothing to tell');
export const ALREADY_TOLD = conflict('already-told', 'The debtor was told already');
export const RECUSED = conflict('recused', 'Whoever took the objection, or called on this debt, does not verify it');
