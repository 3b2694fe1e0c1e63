import type { components } from '../../api/collections.d.ts';

type TaskKind = components['schemas']['TaskView']['kind'];

/** What is to be done, in a few words: one for every kind there is, or the types do not check. */
const kind = {
  'judge-agency-finding': 'Judge what points at sub-contracting',
  'take-back-case': 'Take a case back from its agency',
  'approve-plan': 'Approve a repayment plan',
  'sign-plan': 'Have a repayment plan signed or agreed on record',
  'follow-up-broken-plan': 'A repayment plan was broken: decide what comes next',
  'close-paid-plan': 'A repayment plan was paid in full: let off the rest of the balance',
} as const satisfies Record<TaskKind, string>;

/** Things to do by a time. */
export const task = {
  kind,
} as const;
