import { Injectable, Module } from '@nestjs/common';
import { toCents, type Paid } from '#plan-rules';
import type { Tx } from '#pg';

interface NetRow {
  readonly caseUuid: string;
  readonly currency: string;
  readonly at: Date;
  readonly bookedAt: Date;
  readonly amount: string;
}

export interface NetPayment extends Paid {
  readonly currency: string;
}

/** What has been paid on cases, less what was taken back of each payment; what was taken back whole is not there. */
@Injectable()
export class PaymentLedger {
  async netOf(tx: Tx, institutionId: string, caseUuids: readonly string[]): Promise<ReadonlyMap<string, readonly NetPayment[]>> {
    const rows = await tx.query<NetRow>(
      `select p.collection_case as "caseUuid", p.currency, p.paid_at as at, p.booked_at as "bookedAt", (p.amount + coalesce(back.amount, 0))::text as amount
       from payment p left join lateral (select sum(r.amount) as amount from payment r where r.reversal_of = p.id) back on true
       where p.institution_id = $1 and p.collection_case = any($2) and p.reversal_of is null and p.amount + coalesce(back.amount, 0) > 0
       order by p.paid_at, p.id`,
      [institutionId, caseUuids],
    );
    const byCase = new Map<string, NetPayment[]>(caseUuids.map((id) => [id, []]));
    for (const { caseUuid, currency, at, bookedAt, amount } of rows)
      byCase.get(caseUuid)?.push({ at: at.getTime(), cents: toCents(amount) ?? 0n, currency, knownAt: bookedAt.getTime() });
    return byCase;
  }
}

@Module({ providers: [PaymentLedger], exports: [PaymentLedger] })
export class PaymentLedgerModule {}
