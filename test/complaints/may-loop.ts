import type { Role } from '#auth';

// Who may do what with what collections did to a complainant.
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

export const mayOfLoop: Readonly<Record<string, readonly Role[]>> = {
  'GET /v1/complaints/{id}/dossier': readers,
  'GET /v1/complaints/{id}/dossier/items': readers,
  'POST /v1/complaints/{id}/dossier': handlers,
  'POST /v1/complaints/{id}/dossier/readings': handlers,
  'POST /v1/complaints/{id}/dossier/items': ['complaint-supervisor'],
  'POST /v1/complaints/{id}/collection-hold': handlers,
  'GET /v1/complaints/{id}/attributions': readers,
  'POST /v1/complaints/{id}/attributions': handlers,
  'POST /v1/complaints/{id}/attributions/{causeId}/confirmation': ['complaint-supervisor'],
  'POST /v1/complaints/{id}/attributions/{causeId}/rejection': ['complaint-supervisor'],
  'POST /v1/complaints/{id}/attributions/{causeId}/withdrawal': handlers,
  'POST /v1/case-lookups': handlers,
};

/** What each route takes, so that it is the complaint that is not there. */
export const bodiesOfLoop: Readonly<Record<string, unknown>> = {
  dossier: { account: 'x' },
  items: { at: '2026-01-01T09:00:00+08:00', summary: 'x' },
  'collection-hold': { scope: 'account', reason: 'x' },
  attributions: { kind: 'none', reason: 'x' },
};
