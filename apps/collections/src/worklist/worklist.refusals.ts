import { CONFLICT, type RefusalKind } from '#problem';

export const TOO_MANY_LEASES: RefusalKind = {
  ...CONFLICT,
  code: 'too-many-cases-in-hand',
  title: 'You have as many cases in hand as one person can work',
};
export const NOT_IN_HAND: RefusalKind = { ...CONFLICT, code: 'case-not-in-hand', title: 'This case is not in your hands' };
export const STRATEGY_RETIRED: RefusalKind = { ...CONFLICT, code: 'strategy-retired', title: 'This strategy is out of use' };
