/** What stands in the way of a collector, in the order in which it is said. */
export const UNFIT_REASONS = ['left', 'identity-unchecked', 'no-certificate', 'certificate-unconfirmed', 'certificate-over'] as const;
export type UnfitReason = (typeof UNFIT_REASONS)[number];

/** What does not stop a collector, and ought to be mended. */
export const STAFF_GAPS = ['other-employer', 'no-seat', 'no-device', 'training-due'] as const;
export type StaffGap = (typeof STAFF_GAPS)[number];

export interface FitnessFacts {
  readonly active: boolean;
  /** Whether the bank has to see who it is; not of those who came by a file. */
  readonly identityNeeded: boolean;
  readonly identityChecked: boolean;
  /** As the gate reads it. */
  readonly certificateUntil: string | null;
  /** Whether there is a certificate that the bank has not seen yet. */
  readonly hasUnconfirmed: boolean;
}

/** Why the gate lets a collector contact nobody on a local day (HLJ 23, GBT): empty where it does. */
export function unfitReasons(day: string, facts: FitnessFacts): UnfitReason[] {
  if (!facts.active) return ['left'];
  const identity: UnfitReason[] = facts.identityNeeded && !facts.identityChecked ? ['identity-unchecked'] : [];
  if (facts.certificateUntil !== null && day > facts.certificateUntil) return [...identity, 'certificate-over'];
  if (facts.certificateUntil !== null) return identity;
  if (facts.hasUnconfirmed) return [...identity, 'certificate-unconfirmed'];
  // Of whoever is not checked the gate knows no certificate either: one reason is enough.
  return identity.length > 0 ? identity : ['no-certificate'];
}

const DAY_MS = 86_400_000;
// At least yearly (GBT 5.4, HLJ 23).
const TRAINED_WITHIN_DAYS = 365;

export const isTrainingDue = (day: string, lastTrainedOn: string | null): boolean =>
  lastTrainedOn === null || Date.parse(day) - Date.parse(lastTrainedOn) > TRAINED_WITHIN_DAYS * DAY_MS;

/** The names of companies, as people write them: width, case, spaces and brackets aside. */
export const companyKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s()（）.,·]/gu, '');

export interface GapFacts {
  readonly agencyName: string;
  readonly employer: string | null;
  readonly hasSeat: boolean;
  readonly devices: number;
  readonly lastTrainedOn: string | null;
}

export function staffGaps(day: string, facts: GapFacts): StaffGap[] {
  return [
    ...(facts.employer !== null && companyKey(facts.employer) !== companyKey(facts.agencyName) ? (['other-employer'] as const) : []),
    ...(facts.hasSeat ? [] : (['no-seat'] as const)),
    ...(facts.devices > 0 ? [] : (['no-device'] as const)),
    ...(isTrainingDue(day, facts.lastTrainedOn) ? (['training-due'] as const) : []),
  ];
}
