/** The outbox topic that wakes a worker for a look-back. */
export const LOOKBACK_REQUESTED = 'lookback.requested';
