/** What a file of a complaint is for. `authority`: the letter of whoever lets another complain for them. */
export const FILE_KINDS = [
  'evidence',
  'letter',
  'proof-of-agreement',
  'notice-proof',
  'appraisal',
  'identity',
  'authority',
  'other',
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export const SCAN_STATES = ['not-scanned', 'waiting', 'clean', 'infected', 'unscannable'] as const;
export type ScanState = (typeof SCAN_STATES)[number];

export const isFileKind = (kind: string): kind is FileKind => (FILE_KINDS as readonly string[]).includes(kind);
