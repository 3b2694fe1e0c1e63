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
const drafts: readonly Role[] = ['complaint-supervisor', 'compliance'];

/** Who may do what with the calendars that clocks ask. */
export const mayOfCalendars: Readonly<Record<string, readonly Role[]>> = {
  'GET /v1/calendars': readers,
  'GET /v1/calendars/{country}/{year}': readers,
  'POST /v1/calendar-versions': drafts,
  'GET /v1/calendar-versions/{id}': readers,
  'PUT /v1/calendar-versions/{id}': drafts,
  'GET /v1/calendar-versions/{id}/preview': ['complaint-supervisor', 'head-office-approver', 'compliance', 'regulator', 'admin'],
  'GET /v1/calendar-versions/{id}/moves': [
    'complaint-handler',
    'complaint-supervisor',
    'head-office-approver',
    'compliance',
    'regulator',
    'admin',
  ],
  'POST /v1/calendar-versions/{id}/proposal': drafts,
  'POST /v1/calendar-versions/{id}/approval': ['head-office-approver'],
  'POST /v1/calendar-versions/{id}/return': [...drafts, 'head-office-approver'],
  'POST /v1/calendar-versions/{id}/cancellation': drafts,
};
