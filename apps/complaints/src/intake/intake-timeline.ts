/** What the rooms of the intake say in a timeline. */
export const INTAKE_TIMELINE = [
  'proof-examined',
  'duplicate-merged-into',
  'duplicate-merged-from',
  'duplicate-separate',
  'receipt-correction-asked',
  'receipt-corrected',
  'receipt-correction-refused',
  'receipt-correction-withdrawn',
] as const;
