/** The outbox topic that wakes a worker for a reconciliation. */
export const RECONCILIATION_REQUESTED = 'reconciliation.requested';
