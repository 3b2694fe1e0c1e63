import type { Role } from '#auth';

// Of what comes after a decision: who may do what, and what each route takes.

const superior: readonly Role[] = ['complaint-supervisor', 'head-office-approver'];
const handlers: readonly Role[] = ['complaint-handler', ...superior];
const handles: readonly Role[] = ['complaint-handler', 'complaint-supervisor'];
const readers: readonly Role[] = [...handlers, 'collections-manager', 'compliance', 'regulator', 'admin'];

export const mayAfter: Readonly<Record<string, readonly Role[]>> = {
  'POST /v1/complaints/{id}/reviews': handlers,
  'GET /v1/complaints/{id}/reviews': readers,
  'GET /v1/reviews': readers,
  'GET /v1/reviews/{id}': readers,
  'POST /v1/reviews/{id}/taking': superior,
  'POST /v1/reviews/{id}/decision': superior,
  'POST /v1/reviews/{id}/telling': handlers,
  'POST /v1/reviews/{id}/withdrawal': handlers,
  'POST /v1/complaints/{id}/reopenings': handlers,
  'GET /v1/complaints/{id}/chain': readers,
  'POST /v1/complaints/{id}/withdrawal-reports': handles,
  'GET /v1/complaints/{id}/callbacks': readers,
  'GET /v1/callbacks': handlers,
  'POST /v1/callbacks/{id}/tries': handles,
  'POST /v1/callbacks/{id}/look': superior,
  'GET /v1/satisfaction-figures': readers,
  'GET /v1/callback-settings': readers,
  'PUT /v1/callback-settings': ['complaint-supervisor', 'admin'],
  'POST /v1/complaints/{id}/root-causes': handles,
  'GET /v1/complaints/{id}/root-causes': readers,
  'POST /v1/root-causes/{id}/settlement': ['complaint-supervisor'],
  'POST /v1/root-causes/{id}/replacement': ['complaint-supervisor'],
  'GET /v1/root-cause-statistics': readers,
  'POST /v1/rectifications': handles,
  'GET /v1/rectifications': readers,
  'GET /v1/rectifications/{id}': readers,
  'POST /v1/rectifications/{id}/steps/{n}/completion': handles,
  'POST /v1/rectifications/{id}/implementation': handles,
  'POST /v1/rectifications/{id}/delays': handles,
  'POST /v1/rectifications/{id}/delays/settlement': ['complaint-supervisor'],
  'POST /v1/rectifications/{id}/effects': handles,
  'POST /v1/rectifications/{id}/closure': ['complaint-supervisor'],
  'POST /v1/rectifications/{id}/unmeasurable': handles,
  'POST /v1/rectifications/{id}/acceptance': ['complaint-supervisor'],
  'POST /v1/rectifications/{id}/cancellation': ['complaint-supervisor'],
  'POST /v1/complaints/{id}/mediations': handles,
  'POST /v1/complaints/{id}/appraisals': handles,
  'GET /v1/complaints/{id}/mediations': readers,
  'POST /v1/mediations/{id}/end': handles,
};

const long = '2026-01-01T09:00:00+08:00';

export const bodiesOfAfter: Readonly<Record<string, unknown>> = {
  reviews: { requestedAt: long, requester: 'complainant', reasons: 'x' },
  mediations: {
    organisation: 'x',
    subject: 'x',
    bankAppliedAt: long,
    complainantAppliedAt: long,
    complainantAppliedBy: 'complainant',
    consentAt: long,
    consentEvidence: 'x',
  },
  'withdrawal-reports': { reasons: 'x' },
  'root-causes': { kind: 'people', objectKind: 'none', whys: 'x' },
  appraisals: { organisation: 'x', subject: 'x', complainantToldAt: long },
  reopenings: { basis: 'new-facts', reasons: 'x' },
};
