/** What has a due date after the decision. */
export const DEADLINE_KINDS = ['review', 'rectification', 'callback', 'low-score'] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

/** What a due date owes, in order; which they are at which instant says `after_owed` of the schema. */
export const DEADLINE_STEPS = ['due-in-3', 'overdue', 'overdue-head-office'] as const;
export type DeadlineStep = (typeof DEADLINE_STEPS)[number];

/** The notifications of these due dates. */
export const AFTER_NOTIFICATIONS = DEADLINE_KINDS.flatMap((kind) => DEADLINE_STEPS.map((step) => `${kind}-${step}` as const));
export type AfterNotification = (typeof AFTER_NOTIFICATIONS)[number];
