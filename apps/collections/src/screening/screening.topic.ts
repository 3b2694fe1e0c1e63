/** The outbox topic that wakes a worker for a screening. */
export const SCREENING_REQUESTED = 'screening.requested';
