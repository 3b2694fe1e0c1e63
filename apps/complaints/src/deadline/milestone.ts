/** What a due date owes, in order; which they are at which instant says `owed_milestones` of the schema. */
export const MILESTONE_KINDS = ['due-in-5', 'due-in-3', 'due-in-1', 'due-today', 'overdue-supervisor', 'overdue-head-office'] as const;
export type MilestoneKind = (typeof MILESTONE_KINDS)[number];

/** The topic of the milestones that a batch fired for an institution; payload { milestones: { complaintId, kind, dueOn }[] }. */
export const MILESTONES_FIRED = 'complaint.milestones';

export interface MilestonesFired {
  readonly milestones: readonly { readonly complaintId: string; readonly kind: MilestoneKind; readonly dueOn: string }[];
}
