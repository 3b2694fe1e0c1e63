import type { CaseStatus, Channel, Mode, Purpose } from '#contact-rules';

export const POINT_CHOICES = ['first', 'first-permitted'] as const;
export type PointChoice = (typeof POINT_CHOICES)[number];

/** What is asked of every case, as it is kept with the screening. */
export interface Question {
  readonly channel: Channel;
  readonly mode: Mode;
  readonly purpose: Purpose;
  /** An instant; null: when the screening begins. */
  readonly at: string | null;
  readonly collectorIds: readonly string[];
  readonly deviceId: string | null;
  readonly templateId: string | null;
  readonly pointChoice: PointChoice;
}

/** The cases of a filter; what is null lets all through. */
export interface CaseFilter {
  readonly agencyId: string | null;
  readonly product: string | null;
  readonly debtorId: string | null;
  readonly state: CaseStatus | null;
}

/** Which cases are screened. */
export interface Scope {
  readonly institutionId: string;
  /** Only cases entrusted to this agency: whoever asks belongs to it. Null: the bank itself. */
  readonly agencyId: string | null;
  readonly filter: CaseFilter;
  /** The screening whose list of cases is meant; null: there is none. */
  readonly listOf: string | null;
}
