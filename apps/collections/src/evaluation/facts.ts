/** What is known of an agency in a period, as numbers: no names, no case. Local days, both included. */
export interface EvaluationFacts {
  readonly agencyId: string;
  readonly from: string;
  readonly to: string;
  /** Decisions on contacts that it asked for. */
  readonly asked: number;
  readonly refused: number;
  /** How many decisions each rule refused; the most first. */
  readonly refusalsByRule: readonly { readonly ruleId: string; readonly refusals: number }[];
  /** Past contacts that look-backs judged, of logs that end in the period; and what they found. */
  readonly lookedBack: number;
  readonly lookbackFindings: number;
  /** Calls that were held against permits, of call records that end in the period; and what was found. */
  readonly calls: number;
  readonly callFindings: number;
  /** Cases that it had at any time in the period. */
  readonly cases: number;
  /** Complaints that were received in it and stand: neither withdrawn nor declined nor found to be unfounded or caused by something else. */
  readonly complaints: number;
  /** All that were received; of them those that were upheld, wholly or in part, those that were found to be its doing, and those withdrawn. */
  readonly complaintsReceived: number;
  readonly complaintsUpheld: number;
  readonly complaintsAttributed: number;
  readonly complaintsWithdrawn: number;
  /** Findings of inspections that were to be rectified by the end of the period and were late in it; and those that are critical and not accepted yet. */
  readonly lateRectifications: number;
  readonly openCritical: number;
  /** Collectors at the end of the period; those without a valid certificate or a passed training within a year. */
  readonly staff: number;
  readonly trainingGaps: number;
  /** Sub-contracting that was confirmed in the period. */
  readonly subContracting: number;
  readonly promisesSettled: number;
  readonly promisesKept: number;
  /** By currency, the one with the most cases first: what was paid on its cases, and what is still owed on them. */
  readonly recoveries: readonly { readonly currency: string; readonly cases: number; readonly paid: string; readonly owed: string }[];
}
