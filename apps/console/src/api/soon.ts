// Operations that the services' documents do not have yet; each goes when the generated roles have it.
const READ = ['compliance', 'head-office-approver', 'collections-manager', 'regulator', 'admin'] as const;

export const soon = {
  createPolicySimulation: ['compliance', 'head-office-approver'],
  listPolicySimulations: READ,
  findPolicySimulation: READ,
} as const;
