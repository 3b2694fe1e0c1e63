/** The topic of a complaint whose complainant was told of the decision; payload { institutionId, complaintId }. */
export const COMPLAINT_TOLD = 'complaint.told';
