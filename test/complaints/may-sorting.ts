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
const seesMajor: readonly Role[] = [...handlers, 'head-office-approver', 'collections-manager', 'compliance', 'regulator'];
const marksMajor: readonly Role[] = [...handlers, 'head-office-approver'];
const leadsMajor: readonly Role[] = ['complaint-supervisor', 'head-office-approver'];
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
  'GET /v1/major-complaints': seesMajor,
  'GET /v1/major-complaints/{id}': seesMajor,
  'GET /v1/major-figures': seesMajor,
  'POST /v1/major-complaints': marksMajor,
  'POST /v1/major-complaints/{id}/complaints': marksMajor,
  'POST /v1/major-complaints/{id}/steps': leadsMajor,
  'POST /v1/major-complaints/{id}/steps/{stepId}/owner': leadsMajor,
  'POST /v1/major-complaints/{id}/steps/{stepId}/settlement': [...marksMajor, 'collections-manager', 'compliance'],
  'POST /v1/major-complaints/{id}/downgrade': leadsMajor,
  'POST /v1/major-complaints/{id}/downgrade-decision': ['head-office-approver'],
  'POST /v1/major-complaints/{id}/closing': leadsMajor,
  'POST /v1/major-complaints/{id}/reports': handlers,
  'POST /v1/major-complaints/{id}/reports/{reportId}/submission': handlers,
  'POST /v1/major-complaints/{id}/reports/{reportId}/decision': ['head-office-approver'],
  'POST /v1/major-complaints/{id}/reports/{reportId}/sending': marksMajor,
  'GET /v1/major-complaints/{id}/reports/{reportId}/file': marksMajor,
  'GET /v1/major-settings': seesMajor,
  'PUT /v1/major-settings': loads,
  'POST /v1/major-settings/decision': [...loads, 'head-office-approver'],
  'GET /v1/major-alarms': seesMajor,
  'GET /v1/major-alarms/{id}': seesMajor,
  'POST /v1/major-alarms/{id}/confirmation': leadsMajor,
  'POST /v1/major-alarms/{id}/dismissal': leadsMajor,
  'GET /v1/complaints/{id}/major': seesMajor,
  'POST /v1/complaints/{id}/major': marksMajor,
  'PUT /v1/complaints/{id}/region': marksMajor,
};
