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

const handlers: readonly Role[] = ['complaint-handler', 'complaint-supervisor'];
const seesBulks: readonly Role[] = [...handlers, 'head-office-approver', 'compliance', 'regulator', 'admin'];

/** The rooms of supervision. */
export const maySupervise: Readonly<Record<string, readonly Role[]>> = {
  'GET /v1/inbox': readers,
  'GET /v1/workload': seesBulks,
  'GET /v1/ageing': readers,
  'GET /v1/forecasts': seesBulks,
  'GET /v1/forecast-calibration': seesBulks,
  'GET /v1/approvals': readers,
  'POST /v1/complaint-searches': readers,
  'POST /v1/search-rebuilds': ['admin'],
  'GET /v1/search-rebuilds/{id}': ['admin'],
  'GET /v1/complaint-tags': readers,
  'GET /v1/complaints/{id}/tags': readers,
  'POST /v1/complaints/{id}/tags': handlers,
  'POST /v1/complaints/{id}/tag-removals': handlers,
  'GET /v1/saved-filters': readers,
  'POST /v1/saved-filters': readers,
  'PUT /v1/saved-filters/{id}': readers,
  'DELETE /v1/saved-filters/{id}': readers,
  'PUT /v1/saved-filter-default': readers,
  'POST /v1/bulks': handlers,
  'GET /v1/bulks': seesBulks,
  'GET /v1/bulks/{id}': seesBulks,
  'GET /v1/bulks/{id}/items': seesBulks,
  'POST /v1/bulks/{id}/approval': ['complaint-supervisor'],
  'POST /v1/bulks/{id}/rejection': ['complaint-supervisor'],
  'POST /v1/bulks/{id}/cancellation': handlers,
  'POST /v1/complaint-exports': readers,
  'GET /v1/complaint-exports': readers,
  'GET /v1/complaint-exports/{id}': readers,
  'POST /v1/complaint-exports/{id}/cancellation': readers,
  'GET /v1/complaint-exports/{id}/file': readers,
};
