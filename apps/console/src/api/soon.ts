// Operations that the services' documents do not have yet; each goes when the generated roles have it.
const WRITE = ['compliance'] as const;
const APPROVE = ['compliance', 'head-office-approver'] as const;
const READ = ['compliance', 'head-office-approver', 'collections-manager', 'regulator', 'admin'] as const;
const MANAGE = ['collections-manager', 'integration'] as const;

export const soon = {
  findPolicyInForce: READ,
  listPolicyVersions: READ,
  listPolicyDrafts: READ,
  findPolicyDraft: READ,
  createPolicyDraft: WRITE,
  changePolicyDraft: WRITE,
  submitPolicyDraft: WRITE,
  withdrawPolicyDraft: WRITE,
  createPolicySimulation: WRITE,
  findPolicySimulation: READ,
  approvePolicyDraft: APPROVE,
  rejectPolicyDraft: APPROVE,
  createScreening: MANAGE,
  listScreenings: READ,
  findScreening: READ,
  listAgencies: READ,
  findAgency: READ,
  suspendAgency: ['collections-manager', 'compliance'],
  reactivateAgency: ['collections-manager', 'compliance'],
} as const;
