/** Every role there is, in the words of the published contract. */
export const ROLES = [
  'agent',
  'agency-supervisor',
  'collections-manager',
  'compliance',
  'complaint-handler',
  'complaint-supervisor',
  'head-office-approver',
  'regulator',
  'integration',
  'admin',
] as const;

export type Role = (typeof ROLES)[number];

/** Who is behind a verified token. */
export interface Principal {
  readonly subject: string;
  /** The OAuth client that the token was issued to. */
  readonly clientId: string | null;
  /** The tenant: every query is confined to it. */
  readonly institutionId: string;
  readonly agencyId: string | null;
  readonly roles: readonly Role[];
}

export function isRole(value: string): value is Role {
  return (ROLES as readonly string[]).includes(value);
}
