/** The outbox topic that wakes a worker for a simulation. */
export const SIMULATION_REQUESTED = 'simulation.requested';
