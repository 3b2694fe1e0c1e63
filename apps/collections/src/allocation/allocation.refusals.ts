import { CONFLICT, type RefusalKind } from '#problem';

const conflict = (code: string, title: string): RefusalKind => ({ ...CONFLICT, code, title });

export const NOT_SIMULATED = conflict('not-simulated', 'Only a simulation that is done can be carried out');
export const ALREADY_ORDERED = conflict('already-ordered', 'It was asked for already');
export const NOT_ORDERED = conflict('not-ordered', 'Nobody has asked for it');
export const ALREADY_DECIDED = conflict('already-decided', 'It was approved or rejected already');
export const RULE_RETIRED = conflict('rule-retired', 'The rule is not used any more');
export const OWN_ALLOCATION = conflict('own-allocation', 'Who asked for an allocation does not approve it');
export const NOT_RUNNING = conflict('not-running', 'There is nothing under way to cancel');
