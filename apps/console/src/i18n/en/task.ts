import type { components } from '../../api/collections.d.ts';

type TaskKind = components['schemas']['TaskView']['kind'];

/** What is to be done, in a few words: one for every kind there is, or the types do not check. */
const kind = {
  'judge-agency-finding': 'Judge what points at sub-contracting',
  'decide-agency-step': 'Decide on an agency’s admission or exit',
  'confirm-agency-certificate': 'See a collector’s training certificate',
  'renew-agency-licence': 'Renew an agency’s licence',
  'renew-agency-contract': 'Renew an agency’s contract',
  'renew-agency-document': 'Renew an agency’s document',
  'renew-agency-certificate': 'Renew a collector’s training certificate',
  'train-collector': 'Have a collector’s yearly training done',
  'take-back-case': 'Take a case back from its agency',
} as const satisfies Record<TaskKind, string>;

/** Things to do by a time. */
export const task = {
  kind,
} as const;
