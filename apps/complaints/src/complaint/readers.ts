import type { Role } from '#auth';

/** Who may read complaints; the first three with personal data in the clear. */
export const READERS: [Role, ...Role[]] = [
  'complaint-handler',
  'complaint-supervisor',
  'head-office-approver',
  'collections-manager',
  'compliance',
  'regulator',
  'integration',
  'admin',
];
