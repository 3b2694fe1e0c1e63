/** Whom a complaint names. */
export interface Complained {
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly staffId: string | null;
}

export const RECUSAL_REASONS = ['complained-of', 'collector-named', 'superior', 'subordinate', 'own-agency'] as const;
export type RecusalReason = (typeof RECUSAL_REASONS)[number];

/** Why somebody may not act on a complaint. */
export interface Recusal {
  readonly subject: string;
  readonly reason: RecusalReason;
  readonly detail: string;
  readonly source: string;
}

/** The line of whoever is complained of: all above, and all below. */
export interface Line {
  readonly above: ReadonlySet<string>;
  readonly below: ReadonlySet<string>;
}

/**
 * CMP20 17: complaints are looked into by those who have no direct interest in them. Whoever is complained of has one, whoever answers for him (his line
 * up to the top), whoever depends on him (all who report to him, directly or not), and the people of the agency complained of.
 */
export const RECUSAL_SOURCE = 'CMP20 17';

/** Why the subject, who is of the agency or of none, may not act; null: he may. */
export function recusalOf(subject: string, agencies: readonly string[], complaint: Complained, line: Line): Recusal | null {
  const because = (reason: RecusalReason, detail: string): Recusal => ({ subject, reason, detail, source: RECUSAL_SOURCE });
  const { staffId, collectorId, agencyId } = complaint;
  if (staffId === subject) return because('complained-of', `The complaint is about ${subject}.`);
  if (collectorId === subject) return because('collector-named', `The complaint names ${subject} as its collector.`);
  if (line.above.has(subject)) return because('superior', `${subject} is a superior of whom the complaint is about.`);
  if (line.below.has(subject)) return because('subordinate', `${subject} reports to whom the complaint is about.`);
  if (agencyId !== null && agencies.includes(agencyId)) return because('own-agency', `The complaint is about ${subject}'s own agency.`);
  return null;
}
