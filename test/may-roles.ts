import { ROLES, type Role } from '#auth';

// Who does what at a bank and its agencies, by the words of the matrix.
export const everyone: readonly Role[] = ROLES;
export const contacts: readonly Role[] = ['agent', 'agency-supervisor', 'collections-manager', 'integration'];
export const readsCases: readonly Role[] = [...contacts, 'compliance', 'complaint-handler', 'complaint-supervisor', 'regulator'];
export const files: readonly Role[] = ['agency-supervisor', 'collections-manager', 'compliance', 'integration', 'admin'];
export const hears: readonly Role[] = [...contacts, 'compliance'];
export const decides: readonly Role[] = ['collections-manager', 'compliance'];
export const keepsAgency: readonly Role[] = ['agency-supervisor', ...decides];
export const screens: readonly Role[] = ['agency-supervisor', 'collections-manager', 'compliance', 'integration'];
export const reports: readonly Role[] = ['collections-manager', 'compliance', 'regulator', 'admin'];

/** What becomes of a report: in both services, by who reads and who makes them there. */
export const mayOfReports = (reads: readonly Role[]): Readonly<Record<string, readonly Role[]>> => {
  const makes = reads.filter((role) => role !== 'regulator');
  const keeps: readonly Role[] = ['compliance', 'admin'];
  return {
    'POST /v1/reports': makes,
    'GET /v1/reports': reads,
    'GET /v1/reports/{id}': reads,
    'GET /v1/reports/{id}/files/{name}': reads,
    'GET /v1/reports/{id}/versions': reads,
    'GET /v1/reports/{id}/figures/{figure}/rows': reads,
    'POST /v1/reports/{id}/cancellation': makes,
    'POST /v1/reports/{id}/corrections': makes,
    'POST /v1/reports/{id}/sign-off': ['compliance'],
    'POST /v1/report-schedules': keeps,
    'GET /v1/report-schedules': reads,
    'GET /v1/report-schedules/{id}': reads,
    'PATCH /v1/report-schedules/{id}': keeps,
    'DELETE /v1/report-schedules/{id}': keeps,
    'POST /v1/report-schedules/{id}/pause': keeps,
    'POST /v1/report-schedules/{id}/resumption': keeps,
    'POST /v1/report-targets': keeps,
    'GET /v1/report-targets': reads,
    'DELETE /v1/report-targets/{id}': keeps,
    'GET /v1/report-deliveries': reads,
    'POST /v1/report-deliveries/{id}/retry': keeps,
  };
};
/** The regulator at a service, and what is proved to it. */
export const mayOfRegulator = (reads: readonly Role[]): Readonly<Record<string, readonly Role[]>> => ({
  'GET /v1/regulator-reads': ['compliance', 'regulator', 'admin'],
  'GET /v1/regulator-mandate': ['regulator'],
  'GET /v1/statistics': reads,
  'POST /v1/evidence/key-rotations': ['admin'],
  'GET /v1/evidence/records': ['compliance', 'regulator'],
});
export const proposes: readonly Role[] = ['compliance'];
export const approves: readonly Role[] = ['compliance', 'head-office-approver'];
export const oversees: readonly Role[] = ['agency-supervisor', ...decides, 'regulator', 'admin'];
export const bankOversees: readonly Role[] = [...decides, 'regulator', 'admin'];
export const readsPolicy: readonly Role[] = [...approves, 'collections-manager', 'regulator', 'admin'];
export const draftsPlans: readonly Role[] = ['agent', 'agency-supervisor', 'collections-manager'];
export const readsQuality: readonly Role[] = [...decides, 'regulator'];
export const doesTasks: readonly Role[] = everyone.filter((role) => role !== 'regulator');
export const readsEvidence: readonly Role[] = ['compliance', 'regulator'];

/** Retention, in both services. */
export const mayOfRetention: Readonly<Record<string, readonly Role[]>> = {
  'GET /v1/retention/kinds': readsEvidence,
  'GET /v1/retention/rules': readsEvidence,
  'POST /v1/retention/rules': ['compliance'],
  'POST /v1/retention/rules/{id}/decision': ['compliance'],
  'GET /v1/retention/holds': readsEvidence,
  'GET /v1/retention/holds/{id}': readsEvidence,
  'POST /v1/retention/holds': ['compliance'],
  'POST /v1/retention/holds/{id}/release': ['compliance'],
  'POST /v1/retention/holds/{id}/release-decision': ['compliance'],
  'POST /v1/retention/runs': ['compliance'],
  'GET /v1/retention/runs': readsEvidence,
  'GET /v1/retention/runs/{id}': readsEvidence,
  'POST /v1/retention/runs/{id}/decision': ['compliance'],
  'POST /v1/retention/runs/{id}/cancellation': ['compliance'],
  'GET /v1/retention/runs/{id}/items': readsEvidence,
  'GET /v1/retention/runs/{id}/certificate': readsEvidence,
  'GET /v1/retention/runs/{id}/inclusion': readsEvidence,
};
