import type { Role } from '#auth';

const handlers: readonly Role[] = ['complaint-handler', 'complaint-supervisor'];
const workers: readonly Role[] = [...handlers, 'head-office-approver'];

/** Who publishes how to complain, and who looks at mail; what everybody may use has no roles. */
export const mayOfPublic: Readonly<Record<string, readonly Role[]>> = {
  'GET /v1/channel-pages': [...workers, 'compliance', 'regulator', 'admin'],
  'POST /v1/channel-pages': ['complaint-supervisor', 'head-office-approver', 'compliance'],
  'POST /v1/channel-pages/{version}/approval': ['compliance'],
  'POST /v1/channel-pages/{version}/refusal': ['complaint-supervisor', 'head-office-approver', 'compliance'],
  'GET /v1/mails': workers,
  'GET /v1/mails/{id}': workers,
  'GET /v1/mails/{id}/original': workers,
  'POST /v1/mails/{id}/complaint': handlers,
  'POST /v1/mails/{id}/attachment': handlers,
  'POST /v1/mails/{id}/dismissal': handlers,
  'GET /v1/mailbox-addresses': [...workers, 'admin'],
  'PUT /v1/mailbox-addresses/{address}': ['complaint-supervisor', 'admin'],
  'POST /v1/mailbox-addresses/{address}/retirement': ['complaint-supervisor', 'admin'],
};
