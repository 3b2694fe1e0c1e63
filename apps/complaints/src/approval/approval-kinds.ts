/**
 * What a second person is asked to approve; each room names its own, and it is listed here so that whoever approves reads words for it (the console has
 * one for each, and what follows from it).
 */
export const APPROVAL_KINDS = [
  'bulk',
  'decision',
  'approval-matrix',
  'letter-template',
  'notice-waiver',
  'code-table',
  'bad-faith',
  'root-cause',
  'rectification-delay',
  'rectification-unmeasured',
  'attribution',
  'calendar',
  'channel-page',
  'receipt-correction',
  'major-report',
  'major-downgrade',
  'major-settings',
] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];
