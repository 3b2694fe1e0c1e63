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
  /** The institutions beside its own that a regulator may look into. */
  readonly mandate?: readonly string[];
  /** The institution that the token is of, where the request is about another one of the mandate. */
  readonly homeInstitutionId?: string;
  /** What tells one sign-in of a person from the next, as far as the issuer says; a machine has none. */
  readonly session?: string;
}

export function isRole(value: string): value is Role {
  return (ROLES as readonly string[]).includes(value);
}
