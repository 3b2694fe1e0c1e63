/** What a due date owes, in order; which they are at which instant says `owed_milestones` of the schema. */
export const MILESTONE_KINDS = ['due-in-5', 'due-in-3', 'due-in-1', 'due-today', 'overdue-supervisor', 'overdue-head-office'] as const;
export type MilestoneKind = (typeof MILESTONE_KINDS)[number];

/** The topic of a milestone that was fired; payload { complaintId, kind, dueOn }. */
export const MILESTONE_FIRED = 'complaint.milestone';
