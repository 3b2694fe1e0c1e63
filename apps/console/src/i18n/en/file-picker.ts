/** Files of a complaint, to choose from. */
export const filePicker = {
  none: 'The complaint has no files yet; add one below.',
  noneToChoose: 'The complaint has no files yet.',
  upload: 'Add a file',
  uploadHelp: 'It becomes a file of the complaint and is chosen at once; the complainant does not see it unless it is shown to them.',
  sending: 'Sending {{name}}',
  chosen: '{{count}} chosen',
  kind: {
    evidence: 'Evidence',
    letter: 'Letter',
    'proof-of-agreement': 'Proof of agreement',
    'notice-proof': 'Proof of telling',
    appraisal: 'Appraisal',
    identity: 'Identity',
    authority: 'Authority',
    other: 'Other',
  },
  why: { infected: 'Infected, cannot be used', removed: 'Removed as the law asks' },
} as const;
