import type { Principal, Role } from '#auth';

/** People of an agency have these; the bank's own people may as well. */
export const AGENCY_ROLES: readonly Role[] = ['agent', 'agency-supervisor'];

/** Who is told when a task of the role is late, and may move its due time. Nobody is above the head office. */
export const SUPERIOR: Readonly<Record<Role, Role | null>> = {
  agent: 'agency-supervisor',
  'agency-supervisor': 'collections-manager',
  'collections-manager': 'compliance',
  'complaint-handler': 'complaint-supervisor',
  'complaint-supervisor': 'compliance',
  integration: 'admin',
  admin: 'compliance',
  compliance: 'head-office-approver',
  regulator: 'compliance',
  'head-office-approver': null,
};

// Who answers for a line besides the roles above it, or looks after all of them.
const SEES_ALL: readonly Role[] = ['compliance', 'head-office-approver', 'regulator', 'admin'];

const above = (role: Role): readonly Role[] => {
  const next = SUPERIOR[role];
  return next === null ? [] : [next, ...above(next)];
};

const EVERY_ROLE = Object.keys(SUPERIOR) as Role[];

/** Whose tasks the person may see besides those of the own role: the roles that stand below. */
export function teamOf(roles: readonly Role[]): readonly Role[] {
  if (roles.some((role) => SEES_ALL.includes(role))) return EVERY_ROLE;
  const leads = EVERY_ROLE.filter((role) => above(role).some((superior) => roles.includes(superior)));
  return leads.length === 0 ? [] : [...new Set([...leads, ...roles])];
}

/** Whether one of the roles stands above the task's. */
export const standsAbove = (roles: readonly Role[], role: Role): boolean => above(role).some((superior) => roles.includes(superior));

/** Whose eyes a list of tasks is for: what the SQL of a store is asked with. */
export interface Reach {
  readonly institutionId: string;
  readonly subject: string;
  readonly agencyId: string | null;
  readonly roles: readonly Role[];
  readonly team: readonly Role[];
  readonly agencyRoles: readonly Role[];
  /** Whether what is for the people of agencies is in view, for somebody of the bank. */
  readonly ofAgencies: boolean;
}

export function reachOf({ institutionId, subject, agencyId, roles }: Principal): Reach {
  const team = teamOf(roles);
  const ofAgencies = team.some((role) => !AGENCY_ROLES.includes(role));
  return { institutionId, subject, agencyId, roles, team, agencyRoles: AGENCY_ROLES, ofAgencies };
}

/** Whether a matter of this role, and perhaps of this agency, is one that the person may act on as one of the role. */
export function isOfRole({ agencyId, roles }: Principal, task: { readonly role: string; readonly agencyId: string | null }): boolean {
  if (!roles.some((role) => role === task.role)) return false;
  const isForAgencies = AGENCY_ROLES.some((role) => role === task.role) && task.agencyId !== null;
  return agencyId === null ? !isForAgencies : isForAgencies && task.agencyId === agencyId;
}
