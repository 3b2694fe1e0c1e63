import type { Principal, Role } from '#auth';
import type { Call as Came } from '../aftercare/aftercare.desk.ts';
import type { Call } from './major.desk.ts';

export type { Came };

/** Who reads what is major; whoever sees no personal data reads it without its texts. */
export const MAJOR_READERS: [Role, ...Role[]] = [
  'complaint-handler',
  'complaint-supervisor',
  'head-office-approver',
  'collections-manager',
  'compliance',
  'regulator',
];

/** Who says that something is a major complaint. */
export const MARKERS: [Role, ...Role[]] = ['complaint-handler', 'complaint-supervisor', 'head-office-approver'];

export const callOf = (principal: Principal, { idempotency, requestId }: Came): Call => ({ principal, idempotency, requestId });
