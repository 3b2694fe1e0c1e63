import type { Role } from '#auth';

const handlers: readonly Role[] = ['complaint-handler', 'complaint-supervisor'];
const readers: readonly Role[] = [
  ...handlers,
  'head-office-approver',
  'collections-manager',
  'compliance',
  'regulator',
  'integration',
  'admin',
];
const judges: readonly Role[] = [...handlers, 'head-office-approver', 'compliance', 'regulator'];
const loads: readonly Role[] = ['complaint-supervisor', 'compliance'];

/** Who may do what in classification, bad faith and major complaints. */
export const mayOfSorting: Readonly<Record<string, readonly Role[]>> = {
  'GET /v1/code-tables': readers,
  'GET /v1/codes': readers,
  'GET /v1/code-tables/{version}': readers,
  'PUT /v1/code-table-draft': loads,
  'POST /v1/code-table-files': loads,
  'POST /v1/code-tables/{version}/proposal': loads,
  'POST /v1/code-tables/{version}/approval': ['compliance'],
  'POST /v1/code-tables/{version}/return': loads,
  'GET /v1/complaints/{id}/classification': readers,
  'POST /v1/complaints/{id}/classification': handlers,
  'GET /v1/classification-rules': readers,
  'PUT /v1/classification-rules': loads,
  'GET /v1/classification-agreement': readers,
  'GET /v1/bad-faith': judges,
  'GET /v1/bad-faith-settings': judges,
  'PUT /v1/bad-faith-settings': ['compliance'],
  'GET /v1/complaints/{id}/bad-faith': judges,
  'POST /v1/complaints/{id}/bad-faith-flags': [...handlers, 'compliance'],
  'POST /v1/complaints/{id}/bad-faith-flags/{flagId}/withdrawal': [...handlers, 'compliance'],
  'POST /v1/complaints/{id}/bad-faith-decisions': ['complaint-supervisor'],
  'POST /v1/complaints/{id}/bad-faith-second': ['compliance'],
  'POST /v1/complaints/{id}/bad-faith-reports': ['complaint-supervisor'],
  'GET /v1/complaints/{id}/bad-faith-reports/{reportId}': ['complaint-supervisor', 'head-office-approver', 'compliance'],
};
