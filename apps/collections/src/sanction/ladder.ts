/** The steps of HLJ 36, the mildest first. */
export const LADDER = [
  'talk',
  'warning-letter',
  'forced-training',
  'circular',
  'public-blame',
  'rights-suspended',
  'expulsion',
  'regulator-report',
] as const;
export type Step = (typeof LADDER)[number];

/** From the circular on a second person decides. */
export const needsApproval = (step: Step): boolean => LADDER.indexOf(step) >= LADDER.indexOf('circular');
/** Those that last until a day, or are to be done by one. */
export const hasPeriod = (step: Step): boolean => step === 'rights-suspended' || step === 'forced-training';

export const SUGGESTION_CAUSES = ['first', 'repeated', 'sub-contracting', 'critical-finding'] as const;
export type SuggestionCause = (typeof SUGGESTION_CAUSES)[number];

/** What an agency did within twelve months. */
export interface Record12Months {
  /** Steps that were taken and not revoked. */
  readonly taken: readonly Step[];
  /** No sub-contracting in any form (CC22). */
  readonly subContracting: boolean;
  readonly lateCritical: boolean;
}

export interface Suggestion {
  readonly step: Step;
  readonly cause: SuggestionCause;
  /** The highest that was taken; null: none. */
  readonly highest: Step | null;
}

const at = (index: number): Step => LADDER[Math.min(index, LADDER.length - 1)] ?? 'talk';

/** The next step: one up from the highest within twelve months, never below what is confirmed asks for. A person decides. */
export function suggest({ taken, subContracting, lateCritical }: Record12Months): Suggestion {
  const top = taken.reduce((highest, step) => Math.max(highest, LADDER.indexOf(step)), -1);
  const floor = subContracting ? LADDER.indexOf('rights-suspended') : lateCritical ? LADDER.indexOf('warning-letter') : 0;
  const highest = top < 0 ? null : at(top);
  if (floor > top + 1) return { step: at(floor), cause: subContracting ? 'sub-contracting' : 'critical-finding', highest };
  return { step: at(top + 1), cause: top < 0 ? 'first' : 'repeated', highest };
}

/** Whether steps between what is suggested and this one are left out. */
export const skips = (step: Step, suggested: Step): boolean => LADDER.indexOf(step) > LADDER.indexOf(suggested);
