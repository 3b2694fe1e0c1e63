export interface ContactPointParams {
  /** Where a contact point may come from. */
  readonly sources: readonly string[];
  /** Statuses in which it is not used. */
  readonly refusedStatuses: readonly string[];
}
