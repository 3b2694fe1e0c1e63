export const SEVERITIES = ['minor', 'major', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** By when an agency is inspected and evaluated, and what follows when a day passes. Days are local, natural ones. */
export interface GovernanceSetting {
  /** How long before an evaluation is due people are told. */
  readonly evaluationLeadDays: number;
  /** So many days before the contract ends it has been evaluated for the next one. */
  readonly evaluationBeforeContractEndDays: number;
  /** An agency whose evaluation is late by more is suspended; null: never, the gate only warns. */
  readonly suspendWhenEvaluationOverdueDays: number | null;
  /** On-site inspections that every active agency has in a calendar year. */
  readonly onSitePerYear: number;
  /** An agency that has not reported a finding's rectification so many days after it was due is suspended; null: never. */
  readonly rectificationGraceDays: Readonly<Record<Severity, number | null>>;
}

// Evaluation before the contract ends, inspections on site: GBT 5.4, CBA26. No instrument gives the other numbers: they are the tenant's.
export const DEFAULT_SETTING: GovernanceSetting = {
  evaluationLeadDays: 60,
  evaluationBeforeContractEndDays: 30,
  suspendWhenEvaluationOverdueDays: 30,
  onSitePerYear: 1,
  rectificationGraceDays: { minor: null, major: 15, critical: 5 },
};
