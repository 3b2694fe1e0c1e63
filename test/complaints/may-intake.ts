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
};
