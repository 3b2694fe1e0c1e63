import { Zone } from '#contact-rules';
import { isWithin, stageOf, whyOf, type StrategyContent, type WorkFacts } from './strategy.ts';
import type { WorkRecord } from './work.records.ts';
import type { WorkView } from './worklist.dto.ts';

export const factsOf = ({ days, balance, hours, promise, followUpDue }: WorkRecord): WorkFacts => ({
  days,
  balance,
  hours: hours === null ? null : Number(hours),
  promise,
  followUpDue,
});

/** Whether it is a good time to call, as the debtor said. */
export function isBestTime(
  one: { readonly bestFrom: string | null; readonly bestTo: string | null; readonly timeZone: string },
  now: Date,
): boolean {
  const { bestFrom, bestTo, timeZone } = one;
  if (bestFrom === null || bestTo === null) return false;
  return isWithin(Zone.of(timeZone).format(now.getTime()).slice(11, 16), { from: bestFrom, to: bestTo });
}

export function toWorkView(record: WorkRecord, order: StrategyContent['order'], now: Date): WorkView {
  const zone = Zone.of(record.timeZone);
  const instant = (at: Date | null): string | null => at && zone.format(at.getTime());
  const { bestFrom, bestTo } = record;
  return {
    caseId: record.caseId,
    product: record.product,
    balance: { amount: record.balance, currency: record.currency },
    daysOverdue: record.days,
    stage: stageOf(record.days),
    lastContactAt: instant(record.lastContactAt),
    lastResult: record.lastResult,
    promise: record.promise,
    promiseDueOn: record.promiseDueOn,
    promiseAmount: record.promiseAmount,
    followUpAt: instant(record.followUpAt),
    bestTime: bestFrom === null || bestTo === null ? null : { from: bestFrom, to: bestTo },
    owner: record.owner,
    leasedTo: record.leasedTo,
    leasedUntil: instant(record.leasedUntil),
    why: whyOf(order, factsOf(record), isBestTime(record, now)),
  };
}
