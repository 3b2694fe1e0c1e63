export interface AgencyParams {
  readonly check: 'standing' | 'evaluated' | 'collector';
  /** `evaluated`: how old the last evaluation may be. */
  readonly maxDays?: number;
}
