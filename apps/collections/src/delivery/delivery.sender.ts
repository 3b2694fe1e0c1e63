import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { databaseNow, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { Refusal } from '#problem';
import { SendError, waitAfter, type Sent } from '#sending';
import { OUTCOME_KNOWN } from '../contact/contact.refusals.ts';
import { OutcomeService } from '../contact/outcome.service.ts';
import { SENDER } from './delivery.states.ts';
import { DeliveryMail } from './delivery.mail.ts';
import { DeliveryReferral } from './delivery.referral.ts';
import { DeliveryStore, type DeliveryRecord } from './delivery.store.ts';

const BATCH = 500;
// A permit that ends so soon is not begun: the message would arrive without one.
const MARGIN_MS = 5000;

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/** A message that is ours to send. */
interface Envelope {
  readonly record: DeliveryRecord;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * Sends what the gate permitted, and nothing else. One at a time has a delivery in hand; it is handed over under the delivery's id, again after a
 * crash or a passing fault, as long as the permit holds. A mail that may have arrived is not sent again: no mailbox knows it for the same.
 */
@Injectable()
export class DeliverySender {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DeliveryStore) private readonly store: DeliveryStore,
    @Inject(DeliveryMail) private readonly mail: DeliveryMail,
    @Inject(OutcomeService) private readonly outcomes: OutcomeService,
    @Inject(DeliveryReferral) private readonly referrals: DeliveryReferral,
  ) {}

  /** Gives what is due to the relay; returns how many. */
  async wakeDue(): Promise<number> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => this.store.wake(tx, await this.now(tx), BATCH));
  }

  /** Does the next thing for a delivery, whatever it is. May be carried out at any time, by any number. */
  async advance(institutionId: string, id: string): Promise<void> {
    const asked = await this.mail.settle(institutionId, id);
    if (asked === null) return;
    const envelope = await inTransaction(this.database, { institutionId }, (tx) => this.take(tx, institutionId, id));
    if (envelope !== null) await this.hand(institutionId, envelope);
    // Before the outcome: until that is noted somebody is woken again.
    await this.referrals.note(institutionId, id);
    await this.noteOutcome(institutionId, id);
  }

  /** Takes the delivery in hand, if it is to be sent now and may be. */
  private async take(tx: Tx, institutionId: string, id: string): Promise<Envelope | null> {
    const record = await this.store.lock(tx, institutionId, id);
    if (record === null) return null;
    const now = await this.now(tx);
    if (record.state === 'sent') {
      await this.countSilence(tx, record, now);
      return null;
    }
    if (record.state !== 'queued' && record.state !== 'sending') return null;
    if (record.busyUntil !== null && record.busyUntil > now) return null;
    // Whoever had it in hand died over it.
    const maybe = record.maybeSent || record.state === 'sending';
    if (record.channel === 'email' && maybe) return this.end(tx, record, now, 'unknown', 'interrupted');
    const stop = await this.whyNot(tx, record, now);
    if (stop !== null) return this.end(tx, record, now, maybe ? 'unknown' : 'failed', stop);
    if (record.channel === 'letter') return null;
    const words = await this.mail.open(tx, record);
    if (words === null) return this.end(tx, record, now, 'failed', 'no-text');
    const tries = record.tries + 1;
    const busyUntil = later(now, this.mail.busyMs);
    const step = { state: 'sending', at: now, by: SENDER };
    await this.store.change(tx, id, { state: 'sending', tries, maybeSent: maybe, busyUntil, wakeAt: busyUntil, code: null }, step);
    return { record: { ...record, tries }, ...words };
  }

  /** Looked at last thing before it is sent: the permit may have been revoked or be over, or the night have begun. */
  private async whyNot(tx: Tx, record: DeliveryRecord, now: Date): Promise<string | null> {
    const permit = record.attempt === null ? null : await this.store.permitOf(tx, record.attempt);
    if (permit === null || permit.lapsesAt === null) return 'no-permit';
    if (permit.result !== null) return 'permit-revoked';
    if (permit.lapsesAt <= later(now, MARGIN_MS))
      return record.permitExpiresAt !== null && permit.lapsesAt < record.permitExpiresAt ? 'permit-revoked' : 'permit-lapsed';
    return record.mustEndBy !== null && record.mustEndBy <= later(now, MARGIN_MS) ? 'quiet-hours' : null;
  }

  private async end(tx: Tx, record: DeliveryRecord, at: Date, state: 'failed' | 'unknown', code: string): Promise<null> {
    // What may have arrived stays open in the ledger of contacts until its permit lapses; what never went, went nowhere.
    const outcome = state === 'failed' && record.outcome === null ? { outcome: 'cancelled', outcomeAt: at, wakeAt: at } : { wakeAt: null };
    const settled = { state, code, settledAt: at, busyUntil: null } as const;
    await this.store.change(tx, record.id, { ...settled, ...outcome }, { state, at, by: SENDER, code });
    return null;
  }

  /** The gateway took it and has said nothing since: it counts as delivered. */
  private async countSilence(tx: Tx, record: DeliveryRecord, now: Date): Promise<void> {
    if (record.outcome !== null || record.permitExpiresAt === null || record.permitExpiresAt > now) return;
    await this.store.change(tx, record.id, { outcome: 'delivered', outcomeAt: record.sentAt ?? now, wakeAt: now }, null);
  }

  private async hand(institutionId: string, envelope: Envelope): Promise<void> {
    let sent: Sent | null = null;
    let fault: SendError | null = null;
    try {
      sent = await this.mail.send(envelope.record.channel, {
        id: envelope.record.id,
        to: envelope.to,
        subject: envelope.subject,
        text: envelope.text,
      });
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      fault = error;
    }
    await inTransaction(this.database, { institutionId }, async (tx) => {
      const record = await this.store.lock(tx, institutionId, envelope.record.id);
      // Reports may be quicker than the answer, and another may have taken it from us.
      if (record === null || record.tries !== envelope.record.tries) return;
      const now = await this.now(tx);
      if (sent !== null) await this.wasTaken(tx, record, sent, now);
      else if (fault !== null && record.state === 'sending') await this.wasNotTaken(tx, record, fault, now);
    });
  }

  private async wasTaken(tx: Tx, record: DeliveryRecord, { providerId }: Sent, at: Date): Promise<void> {
    const step = { state: 'sent', at, by: SENDER };
    if (record.state !== 'sending') return this.store.change(tx, record.id, { providerId, sentAt: at, busyUntil: null }, step);
    await this.store.change(
      tx,
      record.id,
      { state: 'sent', providerId, sentAt: at, maybeSent: true, busyUntil: null, wakeAt: record.permitExpiresAt, code: null },
      step,
    );
  }

  private async wasNotTaken(tx: Tx, record: DeliveryRecord, fault: SendError, at: Date): Promise<void> {
    const { code } = fault;
    if (!fault.again) {
      const change = { state: 'failed', code, settledAt: at, busyUntil: null, outcome: 'failed', outcomeAt: at, wakeAt: at } as const;
      return this.store.change(tx, record.id, change, { state: 'failed', at, by: SENDER, code });
    }
    if (record.channel === 'email' && fault.mayHaveArrived) return void (await this.end(tx, record, at, 'unknown', code));
    const wakeAt = later(at, waitAfter(record.tries, fault.afterMs));
    const maybeSent = record.maybeSent || fault.mayHaveArrived;
    await this.store.change(
      tx,
      record.id,
      { state: 'queued', code, maybeSent, busyUntil: wakeAt, wakeAt },
      { state: 'queued', at, by: SENDER, code },
    );
  }

  /** Tells the ledger of contacts what came of it, once. */
  private async noteOutcome(institutionId: string, id: string): Promise<void> {
    const record = await inTransaction(this.database, { institutionId }, (tx) => this.store.find(tx, institutionId, id));
    if (record === null || record.outcome === null || record.outcomeNoted || record.attempt === null) return;
    const { attempt, outcome: result, outcomeAt } = record;
    const by: Principal = { subject: SENDER, clientId: null, institutionId, agencyId: null, roles: ['integration'] };
    try {
      await this.outcomes.record(by, attempt, { result, startedAt: (outcomeAt ?? record.askedAt).toISOString() }, 'en');
    } catch (error) {
      // Somebody has said it before us; the ledger keeps what was said first.
      if (!(error instanceof Refusal) || error.kind !== OUTCOME_KNOWN) throw error;
    }
    await inTransaction(this.database, { institutionId }, (tx) => this.store.change(tx, id, { outcomeNoted: true, wakeAt: null }, null));
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }
}
