import type { components } from '../../api/collections.d.ts';

type TaskKind = components['schemas']['TaskView']['kind'];

/** What is to be done, in a few words: one for every kind there is, or the types do not check. */
const kind = {
  'judge-agency-finding': 'Judge what points at sub-contracting',
  'take-back-case': 'Take a case back from its agency',
  'give-referral-notice': 'Tell the debtor of the referral',
  'approve-allocation': 'Review an allocation',
  'verify-objection': 'Verify an objection',
  'tell-objection': 'Tell the debtor the result of an objection',
  'approve-debtor-change': 'Review a merge or split of debtors',
  'approve-party': 'Review a person who is to become liable',
  'mend-entrustment': 'Mend an entrustment that failed',
  'hand-back-case': 'Hand back the papers of a case',
} as const satisfies Record<TaskKind, string>;

/** Things to do by a time. */
export const task = {
  kind,
} as const;
