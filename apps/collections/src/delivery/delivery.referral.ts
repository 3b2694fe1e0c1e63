import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { databaseNow, inTransaction } from '#pg';
import { ReferralService } from '../case/referral.service.ts';
import { SENDER } from './delivery.states.ts';
import { DeliveryStore, type DeliveryRecord } from './delivery.store.ts';

/**
 * When a referral notice tells (CPR22; forms of telling as in CMP20 21): a letter when it is posted, a text or mail when its gateway says that it was
 * delivered. That nothing was heard of it counts against the counters of contacts, and proves nothing here. Null: not, or not yet.
 */
function toldAt({ channel, state, outcomeAt, settledAt }: DeliveryRecord): Date | null {
  if (channel === 'letter') return state === 'sent' || state === 'delivered' ? outcomeAt : null;
  return state === 'delivered' ? settledAt : null;
}

/** Notices of referral that went out by themselves are noted by themselves. */
@Injectable()
export class DeliveryReferral {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DeliveryStore) private readonly store: DeliveryStore,
    @Inject(ReferralService) private readonly referrals: ReferralService,
  ) {}

  /** Once for each that told; may be called at any time, by any number. */
  async note(institutionId: string, id: string): Promise<void> {
    const found = await inTransaction(this.database, { institutionId }, (tx) => this.store.find(tx, institutionId, id));
    if (found === null || !isDue(found)) return;
    await inTransaction(this.database, { institutionId }, async (tx) => {
      const record = await this.store.lock(tx, institutionId, id);
      const told = record === null ? null : toldAt(record);
      if (record === null || told === null || !isDue(record)) return;
      const now = this.clock.override ?? (await databaseNow(tx));
      const { caseUuid, partyId, askedAt, outcomeNoted } = record;
      const by: Principal = { subject: SENDER, clientId: null, institutionId, agencyId: null, roles: [] };
      // A gateway's clock may be a little ahead of ours.
      const notice = { caseUuid, partyId, askedAt, toldAt: told < now ? told : now, evidence: `delivery/${id}` };
      await this.referrals.delivered(tx, by, notice, now);
      await this.store.change(tx, id, { referralNoted: true, ...(outcomeNoted && { wakeAt: null }) }, null);
    });
  }
}

const isDue = (record: DeliveryRecord): boolean => record.kind === 'referral-notice' && !record.referralNoted && toldAt(record) !== null;
