export const PLAN_METHODS = ['equal-principal', 'equal-instalment', 'custom'] as const;
export type PlanMethod = (typeof PLAN_METHODS)[number];

/** What the debt is made of on the day of the agreement, in cents. */
export interface Owed {
  readonly principal: bigint;
  readonly interest: bigint;
  readonly fees: bigint;
}

export interface GivenInstalment {
  /** `YYYY-MM-DD` */
  readonly dueOn: string;
  readonly cents: bigint;
}

/** What bank and holder agree on. */
export interface PlanTerms {
  readonly owed: Owed;
  /** Of the interest and of the fees, what is let off. */
  readonly waivedInterest: bigint;
  readonly waivedFees: bigint;
  readonly method: PlanMethod;
  /** Instalments, one a month; of a custom plan the number of those given. */
  readonly months: number;
  readonly firstDueOn: string;
  /** The day of the month, 29 to 31 being the last day of a shorter one; null: that of the first. */
  readonly dueDay: number | null;
  /** Interest while the plan runs, in millionths a year. */
  readonly annualRate: bigint;
  readonly feePerInstalment: bigint;
  /** All interest and fees of the plan together are never more; null: no cap. */
  readonly chargeCap: bigint | null;
  /** Of a custom plan. */
  readonly instalments: readonly GivenInstalment[];
}

export interface Instalment {
  /** 1, 2, 3 … */
  readonly n: number;
  readonly dueOn: string;
  readonly principal: bigint;
  readonly interest: bigint;
  readonly fee: bigint;
  /** All of it. */
  readonly cents: bigint;
}

/** What is wrong with the terms: the field, what to do, and the article behind it where it is a rule's. */
export interface Finding {
  readonly pointer: string;
  readonly detail: string;
  readonly source?: string;
}

/** A payment less what was taken back of it. */
export interface Paid {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly cents: bigint;
  /** When it became known, where that matters: what was known before a promise was made is not what was promised. */
  readonly knownAt?: number;
}
