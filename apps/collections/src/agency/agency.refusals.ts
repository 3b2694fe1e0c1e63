import { CONFLICT, type RefusalKind } from '#problem';

export const AGENCY_KNOWN: RefusalKind = { ...CONFLICT, code: 'agency-known', title: 'An agency with this id is in the register already' };
export const NEEDS_ADMISSION: RefusalKind = {
  ...CONFLICT,
  code: 'agency-needs-admission',
  title: 'The agency is not at work: two persons admit it, and it is activated then',
};
export const DATES_OF_CONTRACTS: RefusalKind = {
  ...CONFLICT,
  code: 'dates-of-contracts',
  title: 'The dates follow from the contracts in the register',
};
