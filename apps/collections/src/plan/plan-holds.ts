import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { RevocationService } from '../contact/revocation.service.ts';
import { holdGates } from '../gates.ts';
import { PaymentLedger, type NetPayment } from '../payment/payment.ledger.ts';
import { countedFor } from './plan-settlement.ts';
import { isUuid } from '#wire';
import { PlanStore, type PlanRecord } from './plan.store.ts';

/** What a plan that becomes active does to the gates, and what has been paid on it. */
@Injectable()
export class PlanHolds {
  constructor(
    @Inject(PlanStore) private readonly store: PlanStore,
    @Inject(PaymentLedger) private readonly ledger: PaymentLedger,
    @Inject(RevocationService) private readonly revocations: RevocationService,
  ) {}

  /** Of the case, whose row is locked: what counts for an agreement of that instant. */
  async paymentsOf(tx: Tx, institutionId: string, plan: PlanRecord, agreedAt: Date): Promise<NetPayment[]> {
    const net = await this.ledger.netOf(tx, institutionId, [plan.caseUuid]);
    return countedFor({ currency: plan.currency, agreedAt, timeZone: plan.timeZone ?? plan.debtorZone }, net.get(plan.caseUuid) ?? []);
  }

  /** Whether a recording is of the case and still there. */
  async isRecordingOf(tx: Tx, recording: string, caseUuid: string): Promise<boolean> {
    return isUuid(recording) && (await this.store.isRecordingOf(tx, recording, caseUuid));
  }

  /** Waits for the gates in flight; who reads the clock then finds no permit dated later. Refuses with UNAVAILABLE. */
  stopGates(tx: Tx, institutionId: string): Promise<void> {
    return holdGates(tx, institutionId);
  }

  /** Takes back what was permitted and not used, in all of the debtor's cases: it is the debtor who is held. */
  async revoke(tx: Tx, institutionId: string, debtor: string, now: Date): Promise<void> {
    await this.revocations.revokeOfCases(tx, institutionId, await this.store.casesOf(tx, debtor), 'collection-stopped', now);
  }
}
