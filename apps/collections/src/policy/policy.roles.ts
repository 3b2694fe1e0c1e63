import type { Role } from '#auth';

type Some = readonly [Role, ...Role[]];

/** Who proposes a change of the policy. */
export const WRITERS: Some = ['compliance'];
/** Who decides on one that somebody else proposed. */
export const DECIDERS: Some = ['compliance', 'head-office-approver'];
/** Who reads. */
export const READERS: Some = ['compliance', 'head-office-approver', 'collections-manager', 'regulator', 'admin'];
