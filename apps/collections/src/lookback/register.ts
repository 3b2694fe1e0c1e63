import type { CaseFacts, Consent, Hold } from '#contact-rules';

/** What the register knows of a case that a log cannot hold, over the whole time of the log. */
export interface RegisteredCase {
  /** How the case stood at an instant; null where that is not known: rules on the case are then left out for the attempt. */
  standingAt(at: number): CaseFacts | null;
  /** Null: not known; rules on holds are then left out for the attempt. */
  readonly holds: readonly Hold[] | null;
  readonly consents: readonly Consent[];
}

/** Where facts come from that a log does not hold. Without one, the rules that need them are left out. */
export interface Register {
  /** The cases that are known, by id; asked once for some thousand rows. */
  factsFor(caseIds: readonly string[]): Promise<ReadonlyMap<string, RegisteredCase>>;
}
