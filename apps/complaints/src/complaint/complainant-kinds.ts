/** Who complains: the person concerned, whoever acts for them, several together, or nobody who says who they are. */
export const COMPLAINANT_KINDS = ['person', 'proxy', 'heir', 'legal-representative', 'group', 'anonymous'] as const;
export type ComplainantKind = (typeof COMPLAINANT_KINDS)[number];
