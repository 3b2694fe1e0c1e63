import { ROLES, type Role } from '#auth';

// Who may do what, said a second time: a route that opens or closes in the code opens or closes here as well, on purpose.
const everyone: readonly Role[] = ROLES;
const contacts: readonly Role[] = ['agent', 'agency-supervisor', 'collections-manager', 'integration'];
const readsCases: readonly Role[] = [...contacts, 'compliance', 'complaint-handler', 'complaint-supervisor', 'regulator'];
const files: readonly Role[] = ['agency-supervisor', 'collections-manager', 'compliance', 'integration', 'admin'];
const hears: readonly Role[] = [...contacts, 'compliance'];
const decides: readonly Role[] = ['collections-manager', 'compliance'];
const screens: readonly Role[] = ['agency-supervisor', 'collections-manager', 'compliance', 'integration'];
const reports: readonly Role[] = ['collections-manager', 'compliance', 'regulator', 'admin'];
const proposes: readonly Role[] = ['compliance'];
const approves: readonly Role[] = ['compliance', 'head-office-approver'];
const readsPolicy: readonly Role[] = [...approves, 'collections-manager', 'regulator', 'admin'];
export const may: Readonly<Record<string, readonly Role[]>> = {
  'POST /v1/contact-evaluations': everyone,
  'POST /v1/contact-attempts': contacts,
  'POST /v1/pre-dial': contacts,
  'GET /v1/contact-attempts/{id}': [...contacts, 'compliance', 'regulator', 'admin'],
  'POST /v1/contact-attempts/{id}/outcome': contacts,
  'GET /v1/contact-attempts/{id}/replay': ['collections-manager', 'compliance', 'regulator', 'integration', 'admin'],
  'GET /v1/cases/{id}/contactability': [...contacts, 'compliance'],
  'GET /v1/cases': readsCases,
  'GET /v1/cases/{id}': readsCases,
  'GET /v1/cases/{id}/acts': ['agency-supervisor', 'collections-manager', 'compliance', 'regulator', 'integration'],
  'POST /v1/cases/{id}/holds': hears,
  'POST /v1/holds/{id}/release': decides,
  'POST /v1/cases/{id}/consents': hears,
  'POST /v1/consents/{id}/withdrawal': hears,
  'POST /v1/cases/{id}/opt-outs': hears,
  'POST /v1/opt-outs/{id}/withdrawal': [...decides, 'integration'],
  'POST /v1/cases/{id}/referral-notice': [...decides, 'integration'],
  'POST /v1/cases/{id}/contact-points/{pointId}/status': hears,
  'GET /v1/agencies': everyone,
  'GET /v1/agencies/{agencyId}': ['agency-supervisor', ...decides, 'regulator', 'integration', 'admin'],
  'POST /v1/agencies/{agencyId}/standing': decides,
  'POST /v1/agencies': decides,
  'GET /v1/agencies/{agencyId}/profile': ['agency-supervisor', ...decides, 'regulator', 'integration', 'admin'],
  'PUT /v1/agencies/{agencyId}/profile': decides,
  'POST /v1/agencies/{agencyId}/contracts': decides,
  'POST /v1/agencies/{agencyId}/contracts/{contractNo}/versions': decides,
  'GET /v1/agencies/{agencyId}/contracts': ['agency-supervisor', ...decides, 'regulator', 'admin'],
  'GET /v1/message-templates': [...contacts, 'compliance', 'regulator', 'admin'],
  'POST /v1/message-templates': decides,
  'POST /v1/message-templates/{templateId}/versions/{version}/approval': decides,
  'POST /v1/message-templates/{templateId}/versions/{version}/retirement': decides,
  'POST /v1/imports': ['agency-supervisor', 'collections-manager', 'integration', 'admin'],
  'GET /v1/imports/{id}': ['agency-supervisor', 'collections-manager', 'compliance', 'integration', 'admin'],
  'POST /v1/call-record-sources': files,
  'GET /v1/call-record-sources': [...files, 'regulator'],
  'GET /v1/call-record-sources/{id}': [...files, 'regulator'],
  'PUT /v1/call-record-sources/{id}': files,
  'POST /v1/reconciliations': files,
  'GET /v1/reconciliations': [...files, 'regulator'],
  'GET /v1/reconciliations/{id}': [...files, 'regulator'],
  'GET /v1/reconciliations/{id}/findings.csv': [...files, 'regulator'],
  'GET /v1/reconciliations/{id}/findings.ndjson': [...files, 'regulator'],
  'POST /v1/screenings': screens,
  'GET /v1/screenings': [...screens, 'regulator', 'admin'],
  'GET /v1/screenings/{id}': [...screens, 'regulator', 'admin'],
  'GET /v1/screenings/{id}/results.csv': [...screens, 'regulator', 'admin'],
  'GET /v1/screenings/{id}/results.ndjson': [...screens, 'regulator', 'admin'],
  'POST /v1/screenings/{id}/cancellation': screens,
  'POST /v1/policy-drafts': proposes,
  'GET /v1/policy-drafts': readsPolicy,
  'GET /v1/policy-drafts/{id}': readsPolicy,
  'PUT /v1/policy-drafts/{id}': proposes,
  'GET /v1/policy-drafts/{id}/diff': readsPolicy,
  'POST /v1/policy-drafts/{id}/submission': proposes,
  'POST /v1/policy-drafts/{id}/withdrawal': proposes,
  'POST /v1/policy-drafts/{id}/approval': approves,
  'POST /v1/policy-drafts/{id}/rejection': approves,
  'POST /v1/policy-drafts/{id}/simulations': approves,
  'GET /v1/policy-drafts/{id}/simulations': readsPolicy,
  'GET /v1/policy-simulations/{id}': readsPolicy,
  'GET /v1/policy-versions': readsPolicy,
  'GET /v1/policy-versions/{number}': readsPolicy,
  'POST /v1/policy-versions/{number}/recall': approves,
  'GET /v1/policy-in-force': readsPolicy,
  'POST /v1/reports': reports,
  'GET /v1/reports': reports,
  'GET /v1/reports/{id}': reports,
  'GET /v1/reports/{id}/files/{name}': reports,
};
