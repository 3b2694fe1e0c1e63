import type { Role } from '#auth';

const readers: readonly Role[] = [
  'complaint-handler',
  'complaint-supervisor',
  'head-office-approver',
  'collections-manager',
  'compliance',
  'regulator',
  'integration',
  'admin',
];

/** The rooms of supervision. */
export const maySupervise: Readonly<Record<string, readonly Role[]>> = {
  'GET /v1/approvals': readers,
  'POST /v1/complaint-searches': readers,
  'POST /v1/search-rebuilds': ['admin'],
  'GET /v1/search-rebuilds/{id}': ['admin'],
};
