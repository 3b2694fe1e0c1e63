import type { PromiseState } from './strategy.ts';

/** A case as the worklist shows it. */
export interface WorkRecord {
  readonly id: string;
  readonly caseId: string;
  readonly agency: string;
  readonly product: string;
  readonly balance: string;
  readonly currency: string;
  readonly days: number;
  readonly lastContactAt: Date | null;
  readonly lastResult: string | null;
  readonly hours: string | null;
  readonly promise: PromiseState | null;
  readonly promiseDueOn: string | null;
  readonly promiseAmount: string | null;
  readonly followUpDue: boolean;
  readonly followUpAt: Date | null;
  readonly bestFrom: string | null;
  readonly bestTo: string | null;
  readonly timeZone: string;
  readonly owner: string | null;
  readonly leasedTo: string | null;
  readonly leasedUntil: Date | null;
}

/** When the order is looked at: an instant, and the local day that it lies in. */
export interface Moment {
  readonly now: Date;
  readonly today: string;
}

/** Whose cases: of the agency, empty for the bank itself; `mine`, `pool` (nobody's), `any` of the two, or `all`. */
export interface Whose {
  readonly institutionId: string;
  readonly agency: string;
  readonly whose: 'mine' | 'pool' | 'any' | 'all';
  readonly collector: string;
}

export interface Place {
  readonly rank: number;
  readonly caseUuid: string;
}

export interface Candidate extends Place {
  readonly caseId: string;
  readonly timeZone: string;
  readonly bestFrom: string | null;
  readonly bestTo: string | null;
  /** Numbers or addresses of the debtor that serve the channel, those that are valid first. */
  readonly points: readonly string[];
}

export interface Lease {
  readonly id: string;
  readonly caseUuid: string;
  readonly until: Date;
  readonly to: string;
}
