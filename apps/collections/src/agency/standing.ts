/** In the order of an agency's life: proposed, admitted by a second person, at work, stopped, gone. */
export const AGENCY_STATUSES = ['candidate', 'approved', 'active', 'suspended', 'exited'] as const;
/** Between which one person moves an agency; to come and to go takes two. */
export const WORKING_STATUSES = ['active', 'suspended'] as const satisfies readonly (typeof AGENCY_STATUSES)[number][];
export type AgencyStatus = (typeof AGENCY_STATUSES)[number];

/** What stands in the way of an agency's contacts, in the order in which it is said. */
export const STANDING_REASONS = [
  'candidate',
  'approved',
  'suspended',
  'exited',
  'not-published',
  'no-contract',
  'contract-not-begun',
  'contract-over',
  'never-evaluated',
  'evaluation-old',
] as const;
export type StandingReason = (typeof STANDING_REASONS)[number];

/** Local dates, the contract's both included. */
export interface StandingFacts {
  readonly status: AgencyStatus;
  readonly published: boolean;
  readonly contractFrom: string | null;
  readonly contractTo: string | null;
  readonly lastEvaluatedOn: string | null;
}

export interface Standing {
  /** Whether the gate lets the agency make contacts at all. */
  readonly good: boolean;
  /** Why not; and what the gate only warns of. */
  readonly reasons: readonly StandingReason[];
}

// At least yearly (GBT 5.4, CBA26); the gate warns.
const EVALUATED_WITHIN_DAYS = 365;
const DAY_MS = 86_400_000;

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** How an agency stands on a local day (CC22, CBA26): what the gate's rules agency-standing and agency-evaluated will say, in words for a list. */
export function standingOn(day: string, { status, published, contractFrom, contractTo, lastEvaluatedOn }: StandingFacts): Standing {
  const blocks: StandingReason[] = [];
  if (status !== 'active') blocks.push(status);
  if (!published) blocks.push('not-published');
  if (contractFrom === null && contractTo === null) blocks.push('no-contract');
  if (contractFrom !== null && day < contractFrom) blocks.push('contract-not-begun');
  if (contractTo !== null && day > contractTo) blocks.push('contract-over');
  const warns: StandingReason[] = [];
  if (lastEvaluatedOn === null) warns.push('never-evaluated');
  else if (daysBetween(lastEvaluatedOn, day) > EVALUATED_WITHIN_DAYS) warns.push('evaluation-old');
  return { good: blocks.length === 0, reasons: [...blocks, ...warns] };
}
