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
export const proposes: readonly Role[] = ['compliance'];
export const approves: readonly Role[] = ['compliance', 'head-office-approver'];
export const oversees: readonly Role[] = ['agency-supervisor', ...decides, 'regulator', 'admin'];
export const bankOversees: readonly Role[] = [...decides, 'regulator', 'admin'];
export const readsPolicy: readonly Role[] = [...approves, 'collections-manager', 'regulator', 'admin'];
export const draftsPlans: readonly Role[] = ['agent', 'agency-supervisor', 'collections-manager'];
export const readsQuality: readonly Role[] = [...decides, 'regulator'];
export const doesTasks: readonly Role[] = everyone.filter((role) => role !== 'regulator');
export const readsEvidence: readonly Role[] = ['compliance', 'regulator'];
