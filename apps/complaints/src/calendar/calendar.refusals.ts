import { CONFLICT, type RefusalKind } from '#problem';

export const YEAR_PROPOSED: RefusalKind = {
  ...CONFLICT,
  code: 'calendar-year-proposed',
  title: 'Another version of this year waits for approval',
};
export const PROPOSAL_SETTLED: RefusalKind = {
  ...CONFLICT,
  code: 'calendar-proposal-settled',
  title: 'This proposal is settled',
};
