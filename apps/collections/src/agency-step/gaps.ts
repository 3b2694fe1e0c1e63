import type { FieldError } from '#problem';

/** What is missing of an agency, in the order in which it is said. */
export const GAPS = [
  'no-licence',
  'licence-over',
  'no-owners',
  'no-approval',
  'no-contacts',
  'no-responsible',
  'no-contract-in-force',
  'no-fit-collector',
] as const;
export type Gap = (typeof GAPS)[number];

export interface AdmissionFacts {
  readonly licence: string | null;
  /** Last day; null: without end. */
  readonly licenceUntil: string | null;
  readonly owners: number;
  readonly approvals: number;
  readonly contacts: number;
  readonly responsible: string | null;
}

export interface ActivationFacts extends Pick<AdmissionFacts, 'licence' | 'licenceUntil'> {
  readonly contractInForce: boolean;
  readonly fitCollectors: number;
}

const unless = (is: boolean, gap: Gap): Gap[] => (is ? [] : [gap]);

const ofLicence = (day: string, { licence, licenceUntil }: Pick<AdmissionFacts, 'licence' | 'licenceUntil'>): Gap[] =>
  licence === null ? ['no-licence'] : unless(licenceUntil === null || day <= licenceUntil, 'licence-over');

/** What two persons look at before an agency is admitted (HLJ 23, CBA26): who it is, who owns it, what the bank has decided. */
export const admissionGaps = (day: string, facts: AdmissionFacts): Gap[] => [
  ...ofLicence(day, facts),
  ...unless(facts.owners > 0, 'no-owners'),
  ...unless(facts.approvals > 0, 'no-approval'),
  ...unless(facts.contacts > 0, 'no-contacts'),
  ...unless(facts.responsible !== null, 'no-responsible'),
];

/** What an agency needs on the day it goes to work (CC22, GBT 5.4). */
export const activationGaps = (day: string, facts: ActivationFacts): Gap[] => [
  ...ofLicence(day, facts),
  ...unless(facts.contractInForce, 'no-contract-in-force'),
  ...unless(facts.fitCollectors > 0, 'no-fit-collector'),
];

const SAID: Readonly<Record<Gap, FieldError>> = {
  'no-licence': { pointer: '/profile/licence', detail: 'there is none in the register', source: 'HLJ 23' },
  'licence-over': { pointer: '/profile/licence', detail: 'is over', source: 'HLJ 23' },
  'no-owners': { pointer: '/profile/owners', detail: 'nobody has written down who owns the agency', source: 'CBA26' },
  'no-approval': { pointer: '/profile/approvals', detail: 'no decision of the bank is referred to', source: 'CC22' },
  'no-contacts': { pointer: '/profile/contacts', detail: 'there is nobody to turn to', source: 'CBA26' },
  'no-responsible': { pointer: '/profile/responsible', detail: 'nobody at the bank answers for the agency', source: 'CC22' },
  'no-contract-in-force': { pointer: '/contracts', detail: 'none is in force today', source: 'CC22' },
  'no-fit-collector': { pointer: '/staff', detail: 'nobody is checked and certified', source: 'HLJ 23, GBT 5.4' },
};

/** A gap as a refusal says it, with its article. */
export const toFieldError = (gap: Gap): FieldError => SAID[gap];
