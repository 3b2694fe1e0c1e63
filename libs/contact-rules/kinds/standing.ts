import { failed, type Kind } from '../kind.ts';
import type { Purpose } from '../types.ts';

export interface StandingParams {
  /** `case-open` when left out. */
  readonly check?: 'case-open' | 'referral';
  readonly exceptPurposes: readonly Purpose[];
}

const isPositive = (amount: string): boolean => !amount.startsWith('-') && /[1-9]/.test(amount);

/**
 * case-open. CC11 Art. 67: collection presupposes an overdue debt; nothing is asked of someone who owes nothing.
 * HLJ Art. 18 lets the bank remind before the due date, hence the excepted purpose.
 */
export const standing: Kind<StandingParams> = {
  judge({ proposed, facts, zone }, params, at) {
    if (proposed.purpose !== null && params.exceptPurposes.includes(proposed.purpose)) return null;
    if (facts.case === null) return { missing: 'case' };
    const { status, balance, overdueSince } = facts.case;
    if (status === null) return { missing: 'case.status' };
    if (status !== 'open') return failed(null, null, { why: status });
    if (balance === null) return { missing: 'case.balance' };
    if (!isPositive(balance)) return failed(null, null, { why: 'balance-zero' });
    if (overdueSince === undefined) return { missing: 'case.overdueSince' };
    if (overdueSince === null || at < zone.dateStart(overdueSince)) return failed(null, null, { why: 'not-overdue' });
    return null;
  },
  boundaries({ facts, zone }, _params, at) {
    const since = facts.case?.overdueSince;
    const start = since ? zone.dateStart(since) : at;
    return start > at ? [start] : [];
  },
};
