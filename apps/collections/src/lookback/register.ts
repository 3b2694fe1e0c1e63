import type { CaseFacts, Consent, ContactPointFact, Hold, OptOut } from '#contact-rules';

/** What the register knows of a case that a log cannot hold, over the whole time of the log. */
export interface RegisteredCase {
  /** Which version of the institution's policy judges; null: not known. */
  readonly product: string | null;
  /** The agency that has the case now; null: the bank itself. */
  readonly agencyId: string | null;
  /** How the case stood at an instant; null where that is not known: rules on the case are then left out for the attempt. */
  standingAt(at: number): Omit<CaseFacts, 'referralNoticeAt'> | null;
  /** When the debtor was told of the referral to the agency that has the case now; null: not told. */
  readonly referralNoticeAt: number | null;
  /** Null: not known; rules on holds are then left out for the attempt. */
  readonly holds: readonly Hold[] | null;
  consentsOf(partyId: string | null): readonly Consent[];
  readonly optOuts: readonly OptOut[];
  /** Of all the parties of the case, and of the debtor wherever the debtor has numbers. Values as the log writes them. */
  readonly points: readonly ContactPointFact[];
  /** The zones that the party's numbers claim. */
  timeZonesOf(partyId: string | null): readonly string[];
  readonly region: string | null;
}

/** What the register knows of an agency. Dates are local dates, both included. */
export interface RegisteredAgency {
  readonly agencyId: string;
  readonly status: string;
  readonly published: boolean;
  readonly contractFrom: string | null;
  readonly contractTo: string | null;
  readonly lastEvaluatedOn: string | null;
  readonly collectors: ReadonlyMap<string, { readonly certificateUntil: string | null; readonly active: boolean }>;
  /** Devices by id: the instant from which each is a work tool no more, null for those that still are. */
  readonly devices: ReadonlyMap<string, number | null>;
}

export interface Registered {
  readonly case: RegisteredCase | null;
  readonly agency: RegisteredAgency | null;
}

export const NOTHING_REGISTERED: Registered = { case: null, agency: null };

/** Where facts come from that a log does not hold. Without one, the rules that need them are left out. */
export interface Register {
  /** The cases that are known, by id; asked once for some thousand rows. */
  factsFor(caseIds: readonly string[]): Promise<ReadonlyMap<string, RegisteredCase>>;
  /** The agencies that are known, by id; each is asked for once. */
  agencies(agencyIds: readonly string[]): Promise<ReadonlyMap<string, RegisteredAgency>>;
}
