import type { components } from '../../api/collections.d.ts';

type TaskKind = components['schemas']['TaskView']['kind'];

/** What is to be done, in a few words: one for every kind there is, or the types do not check. */
const kind = {
  'judge-agency-finding': 'Judge what points at sub-contracting',
  'take-back-case': 'Take a case back from its agency',
  'care-case': 'Decide a care case',
  'prove-special': 'Get the proof of a death, an insolvency or the like',
  'judge-fraud': 'Look into what a debtor calls fraud',
  'answer-dispute': 'Answer a debtor who disputes the debt',
} as const satisfies Record<TaskKind, string>;

/** Things to do by a time. */
export const task = {
  kind,
} as const;
