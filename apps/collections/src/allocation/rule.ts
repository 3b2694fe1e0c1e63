/** What a rule takes, and to whom it gives. */
export interface RuleContent {
  /** Empty: every product. */
  readonly products: readonly string[];
  /** Codes of GB/T 2260 or their first digits; empty: every region. */
  readonly regions: readonly string[];
  readonly currency: string;
  /** Days since the debt fell due, both included; null: no bound. */
  readonly overdueFrom: number | null;
  readonly overdueTo: number | null;
  readonly balanceFrom: string | null;
  readonly balanceTo: string | null;
  readonly by: 'share' | 'priority';
  readonly targets: readonly { readonly agencyId: string; readonly weight: number; readonly maxCases: number | null }[];
  /** The least score of the last evaluation; null: any agency, also one without. */
  readonly minScore: number | null;
  /** Per cent of open cases, and of their amount, with agencies after the run; null: the institution's limit alone. */
  readonly maxShareNumber: number | null;
  readonly maxShareAmount: number | null;
}

/** Why a case that the rule takes stays. */
export const STAYS = ['held', 'already-entrusted', 'waiting', 'no-capacity', 'share-limit', 'out-of-scope'] as const;
export type StayReason = (typeof STAYS)[number];

export interface ShareFigures {
  readonly open: number;
  readonly outside: number;
  readonly openAmount: string;
  readonly outsideAmount: string;
}

/** What came of a simulation. */
export interface AllocationSummary {
  readonly currency: string;
  /** Cases that the rule takes. */
  readonly matched: number;
  readonly assigned: number;
  readonly amount: string;
  readonly agencies: readonly {
    readonly agencyId: string;
    readonly cases: number;
    readonly amount: string;
    /** What it can still take; null: any number. */
    readonly room: number | null;
    /** Why it gets nothing. */
    readonly blocks: readonly string[];
  }[];
  readonly stays: readonly { readonly why: StayReason; readonly cases: number; readonly amount: string }[];
  readonly before: ShareFigures;
  readonly after: ShareFigures;
}

/** What came of carrying it out. */
export interface RunSummary {
  readonly entrusted: number;
  readonly waiting: number;
  readonly skipped: number;
  readonly reasons: readonly { readonly reason: string; readonly cases: number }[];
}
