import type { components } from '../../api/collections.d.ts';

type TaskKind = components['schemas']['TaskView']['kind'];

/** What is to be done, in a few words: one for every kind there is, or the types do not check. */
const kind = {
  'judge-agency-finding': 'Judge what points at sub-contracting',
  'take-back-case': 'Take a case back from its agency',
  'plan-inspection': 'Plan an on-site inspection',
  'carry-out-inspection': 'Carry out an inspection',
  'rectify-finding': 'Rectify a finding and report',
  'verify-rectification': 'Verify a rectification',
  'decide-late-rectification': 'Decide about a late rectification',
  'evaluate-agency': 'Evaluate an agency',
  'confirm-evaluation': 'Confirm an evaluation',
  'approve-sanction': 'Approve a sanction',
  'forced-training': 'Hold the forced training',
  'report-to-regulator': 'Report to the regulator',
  'decide-sanction-appeal': 'Decide an appeal against a sanction',
  'review-suspension': 'Review a suspension',
} as const satisfies Record<TaskKind, string>;

/** Things to do by a time. */
export const task = {
  kind,
} as const;
