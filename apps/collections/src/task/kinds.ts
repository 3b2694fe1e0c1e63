import type { Role } from '#auth';

interface TaskKind {
  /** Whose it is, unless whoever opens the task says otherwise. */
  readonly role: Role;
  /** Within how many hours it is done, unless the institution has set another limit or the task says when. */
  readonly limitHours: number;
  /** Who ends it: the room in which the work is done, or the person who says that it is done. */
  readonly closedBy: 'room' | 'person';
  /** The most that an institution may set, and an extension may lead to, where an instrument says so. */
  readonly most?: { readonly hours: number; readonly source: string };
}

/** What somebody may have to do. A room that opens tasks adds its kinds here; their words are in the console's `i18n/<language>/task.ts`. */
export const TASK_KINDS = {
  /** Say whether what points at sub-contracting is so (CC22, CBA26). */
  'judge-agency-finding': { role: 'compliance', limitHours: 72, closedBy: 'room' },
  /** Approve or reject the admission or exit of an agency that somebody else has proposed. */
  'decide-agency-step': { role: 'compliance', limitHours: 72, closedBy: 'room' },
  /** See a training certificate that an agency has brought. */
  'confirm-agency-certificate': { role: 'collections-manager', limitHours: 72, closedBy: 'room' },
  /** Renew what ends: due when it does. */
  'renew-agency-licence': { role: 'collections-manager', limitHours: 720, closedBy: 'room' },
  'renew-agency-contract': { role: 'collections-manager', limitHours: 720, closedBy: 'room' },
  'renew-agency-document': { role: 'collections-manager', limitHours: 720, closedBy: 'person' },
  'renew-agency-certificate': { role: 'agency-supervisor', limitHours: 720, closedBy: 'room' },
  /** Train a collector anew: yearly (HLJ 23, GBT 5.4). */
  'train-collector': { role: 'agency-supervisor', limitHours: 720, closedBy: 'room' },
  /** Take a case back from an agency that may not work it any more. */
  'take-back-case': { role: 'collections-manager', limitHours: 24, closedBy: 'room' },
  /** Look at a debtor in danger or in need: collection stands still until somebody has. */
  'care-case': { role: 'collections-manager', limitHours: 4, closedBy: 'room' },
  /** Get the proof of what an outcome reports: a death, an insolvency, an imprisonment, a grave illness. */
  'prove-special': { role: 'collections-manager', limitHours: 120, closedBy: 'person' },
  /** Look into what a debtor calls a fraud. */
  'judge-fraud': { role: 'compliance', limitHours: 48, closedBy: 'person' },
  /** Approve a repayment plan that somebody else proposed. */
  'approve-plan': { role: 'collections-manager', limitHours: 48, closedBy: 'room' },
  /** Have an approved repayment plan signed, or agreed to on record. */
  'sign-plan': { role: 'agent', limitHours: 168, closedBy: 'room' },
  /** An instalment was missed: decide what comes next. */
  'follow-up-broken-plan': { role: 'collections-manager', limitHours: 24, closedBy: 'person' },
  /** A plan was paid in full, and the case still has a balance: let off what was to be let off. */
  'close-paid-plan': { role: 'collections-manager', limitHours: 72, closedBy: 'room' },
  /** Plan the on-site inspection that an agency misses this year (GBT 5.4). */
  'plan-inspection': { role: 'compliance', limitHours: 720, closedBy: 'room' },
  'carry-out-inspection': { role: 'compliance', limitHours: 720, closedBy: 'room' },
  /** The agency reports what it has done about a finding. */
  'rectify-finding': { role: 'agency-supervisor', limitHours: 360, closedBy: 'room' },
  'verify-rectification': { role: 'compliance', limitHours: 72, closedBy: 'room' },
  /** Say what follows from a finding whose last day has passed. */
  'decide-late-rectification': { role: 'compliance', limitHours: 72, closedBy: 'person' },
  /** At least yearly, and before the contract ends (GBT 5.4, CBA26). */
  'evaluate-agency': { role: 'compliance', limitHours: 1440, closedBy: 'room' },
  'confirm-evaluation': { role: 'head-office-approver', limitHours: 72, closedBy: 'room' },
  /** The second person for the steps of HLJ 36 from the circular on. */
  'approve-sanction': { role: 'head-office-approver', limitHours: 72, closedBy: 'room' },
  /** The agency trains its people, as a sanction says. */
  'forced-training': { role: 'agency-supervisor', limitHours: 720, closedBy: 'room' },
  'report-to-regulator': { role: 'compliance', limitHours: 120, closedBy: 'room' },
  'decide-sanction-appeal': { role: 'head-office-approver', limitHours: 360, closedBy: 'room' },
  /** A sanction's time is over, but the agency is suspended for another reason. */
  'review-suspension': { role: 'compliance', limitHours: 24, closedBy: 'person' },
  /** Tell the debtor of the referral, so that a case can go to its agency (CPR22). */
  'give-referral-notice': { role: 'collections-manager', limitHours: 72, closedBy: 'room' },
  /** Look at an allocation that somebody else asked for. */
  'approve-allocation': { role: 'compliance', limitHours: 48, closedBy: 'room' },
  /** Verify what a debtor disputes; collection stands still meanwhile (CC11 69). */
  'verify-objection': { role: 'compliance', limitHours: 120, closedBy: 'room' },
  /** Tell the debtor what came of an objection; the hold ends with it. */
  'tell-objection': { role: 'collections-manager', limitHours: 48, closedBy: 'room' },
  /** Look at a merge or a split of debtors, or at somebody who is to become liable. */
  'approve-debtor-change': { role: 'compliance', limitHours: 48, closedBy: 'room' },
  'approve-party': { role: 'compliance', limitHours: 48, closedBy: 'room' },
  /** A case that waited for an agency could not go to it after all. */
  'mend-entrustment': { role: 'collections-manager', limitHours: 72, closedBy: 'room' },
  /** Give back the papers of a case that the agency has no more, and erase its data (CBA26). */
  'hand-back-case': { role: 'agency-supervisor', limitHours: 72, closedBy: 'person' },
  /** Hear a recording and mark it. */
  'review-recording': { role: 'compliance', limitHours: 120, closedBy: 'room' },
  /** Speak with a collector whose recording did not pass. */
  'coach-collector': { role: 'agency-supervisor', limitHours: 168, closedBy: 'person' },
  /** Say what follows from a recording in which something fatal was heard (HLJ 36). */
  'judge-quality-finding': { role: 'compliance', limitHours: 72, closedBy: 'person' },
  /** Answer an agency that disputes a result. */
  'answer-quality-dispute': { role: 'compliance', limitHours: 120, closedBy: 'room' },
} as const satisfies Record<string, TaskKind>;

export type TaskKindName = keyof typeof TASK_KINDS;
export const TASK_KIND_NAMES = Object.keys(TASK_KINDS) as TaskKindName[];

/** What the product says of a kind; null for one that is not known any more. */
export const kindOf = (name: string): TaskKind | null => (TASK_KINDS as Readonly<Record<string, TaskKind>>)[name] ?? null;
