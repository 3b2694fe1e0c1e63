import type { Role } from '#auth';

const handlers: readonly Role[] = ['complaint-handler', 'complaint-supervisor'];
const workers: readonly Role[] = [...handlers, 'head-office-approver'];
const readers: readonly Role[] = [...workers, 'collections-manager', 'compliance', 'regulator', 'integration', 'admin'];

/** Who takes complaints in, and who sees their files. */
export const mayOfIntake: Readonly<Record<string, readonly Role[]>> = {
  'POST /v1/complaints/{id}/files': [...workers, 'integration'],
  'GET /v1/complaints/{id}/files': readers,
  'GET /v1/complaints/{id}/files/{fileId}/download': workers,
  'GET /v1/complaints/{id}/files/{fileId}/preview': workers,
  'POST /v1/complaints/{id}/files/{fileId}/visibility': handlers,
  'POST /v1/complaints/{id}/files/{fileId}/removal': ['complaint-supervisor'],
  'GET /v1/complaints/{id}/intake': readers,
  'POST /v1/complaints/{id}/proofs': handlers,
  'POST /v1/known-complaints': handlers,
  'GET /v1/complaints/{id}/duplicates': readers,
  'POST /v1/complaints/{id}/duplicate-decisions': handlers,
  'GET /v1/duplicate-settings': readers,
  'PUT /v1/duplicate-settings': ['complaint-supervisor', 'admin'],
  'GET /v1/complaints/{id}/receipt-corrections': readers,
  'POST /v1/complaints/{id}/receipt-corrections': handlers,
  'POST /v1/complaints/{id}/receipt-corrections/{correctionId}/approval': ['complaint-supervisor'],
  'POST /v1/complaints/{id}/receipt-corrections/{correctionId}/refusal': ['complaint-supervisor'],
  'POST /v1/complaints/{id}/receipt-corrections/{correctionId}/withdrawal': handlers,
};

export const bodiesOfIntake: Readonly<Record<string, unknown>> = {
  proofs: { fileId: 'x', sufficient: true },
  'duplicate-decisions': { otherId: 'x', decision: 'separate', note: 'x' },
  'receipt-corrections': { receivedAt: '2026-01-01T09:00:00+08:00', reason: 'x' },
};
