/** The outbox topics that wake a worker: for a simulation, and for its carrying out. */
export const ALLOCATION_REQUESTED = 'allocation.requested';
export const ALLOCATION_ORDERED = 'allocation.ordered';
