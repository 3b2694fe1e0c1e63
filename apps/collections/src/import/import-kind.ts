export const IMPORT_KINDS = ['cases', 'contact-log'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];
