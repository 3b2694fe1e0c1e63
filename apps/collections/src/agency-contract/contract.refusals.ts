import { CONFLICT, type RefusalKind } from '#problem';

export const CONTRACT_KNOWN: RefusalKind = { ...CONFLICT, code: 'contract-known', title: 'There is a contract of this number; amend it' };
export const CONTRACTS_OVERLAP: RefusalKind = {
  ...CONFLICT,
  code: 'contracts-overlap',
  title: 'Another contract of the agency covers some of these days',
};
