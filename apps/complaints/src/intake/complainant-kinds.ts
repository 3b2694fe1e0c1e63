/** Who complains: the person concerned, somebody with a letter of authority, heirs, several together, or nobody who says who he is (CMP20 12-14). */
export const COMPLAINANT_KINDS = ['self', 'proxy', 'heirs', 'group', 'anonymous'] as const;
export type ComplainantKind = (typeof COMPLAINANT_KINDS)[number];

/** Several who complain together choose five at most to speak for them (CMP20 12). */
export const MOST_REPRESENTATIVES = 5;

/** What stands for the name of who does not say it. */
export const NO_NAME = '匿名';

/** Who acts for the complainant: an heir, or one who speaks for a group. */
export interface Representative {
  readonly name: string;
  readonly idNumber: string | null;
  readonly contact: string | null;
  readonly relationship: string | null;
}

/** Which regulator sent it on, under which reference, on which local date. */
export interface Forwarded {
  readonly regulator: string;
  readonly reference: string;
  readonly forwardedOn: string;
}

/** What is known of the intake beside the complaint itself. */
export interface Intake {
  readonly kind: ComplainantKind;
  readonly representatives: readonly Representative[];
  readonly forwarded: Forwarded | null;
}

/** Whose complaint it is where nobody said. */
export const impliedKind = ({ hasProxy, groupSize }: { readonly hasProxy: boolean; readonly groupSize: number }): ComplainantKind =>
  hasProxy ? 'proxy' : groupSize > 1 ? 'group' : 'self';
