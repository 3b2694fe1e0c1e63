import { failed, isByAgency, type Asked, type Failure, type Kind } from '../kind.ts';
import type { Purpose } from '../types.ts';

export interface StandingParams {
  /** `case-open` when left out. */
  readonly check?: 'case-open' | 'referral';
  /** Purposes that are left free. */
  readonly exceptPurposes?: readonly Purpose[];
}

const isPositive = (amount: string): boolean => !amount.startsWith('-') && /[1-9]/.test(amount);

/** CC11 Art. 67: collection presupposes an overdue debt; nothing is asked of someone who owes nothing. */
function judgeCase({ facts, zone }: Asked, at: number): Failure | null {
  if (facts.case === null) return { missing: 'case' };
  const { status, balance, overdueSince } = facts.case;
  if (status === null) return { missing: 'case.status' };
  if (status !== 'open') return failed(null, null, { why: status });
  if (balance === null) return { missing: 'case.balance' };
  if (!isPositive(balance)) return failed(null, null, { why: 'balance-zero' });
  if (overdueSince === undefined) return { missing: 'case.overdueSince' };
  if (overdueSince === null || at < zone.dateStart(overdueSince)) return failed(null, null, { why: 'not-overdue' });
  return null;
}

/** CPR22: before an agency collects, the debtor is told that it will. */
function judgeReferral(asked: Asked, at: number): Failure | null {
  if (!isByAgency(asked)) return null;
  if (asked.facts.case === null) return { missing: 'case' };
  const { referralNoticeAt } = asked.facts.case;
  if (referralNoticeAt === undefined) return { missing: 'case.referralNoticeAt' };
  return referralNoticeAt === null || at < referralNoticeAt ? failed() : null;
}

/** case-open and referral-notice. HLJ Art. 18 lets the bank remind before the due date, hence an excepted purpose. */
export const standing: Kind<StandingParams> = {
  judge(asked, params, at) {
    const { purpose } = asked.proposed;
    if (purpose !== null && params.exceptPurposes?.includes(purpose)) return null;
    return params.check === 'referral' ? judgeReferral(asked, at) : judgeCase(asked, at);
  },
  boundaries({ facts, zone }, params, at) {
    if (facts.case === null) return [];
    const { overdueSince, referralNoticeAt } = facts.case;
    const start = params.check === 'referral' ? referralNoticeAt : overdueSince && zone.dateStart(overdueSince);
    return typeof start === 'number' && start > at ? [start] : [];
  },
};
