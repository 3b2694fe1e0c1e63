/** Why a permit was taken back before it was used. */
export const REVOCATION_REASONS = [
  /** The agency may make no contacts: suspended, left, off the published list, contract over. */
  'agency-barred',
  'collector-left',
  'certificate-over',
  'device-retired',
  'case-recalled',
  'collection-stopped',
] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];
