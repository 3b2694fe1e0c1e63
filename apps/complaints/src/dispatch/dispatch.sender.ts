import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { databaseNow, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { SendError, waitAfter, type MailMessage, type Sent } from '#sending';
import { DispatchPorts } from './dispatch.ports.ts';
import { DISPATCHER, type DispatchChannel } from './dispatch.states.ts';
import { DispatchStore, type DispatchRecord } from './dispatch.store.ts';
import { DispatchTrail } from './dispatch.trail.ts';

const BATCH = 500;

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

interface Envelope extends MailMessage {
  readonly channel: DispatchChannel;
  readonly tries: number;
}

/**
 * Hands over what stands to be sent. One at a time has a message in hand; after a crash or a passing fault it is handed over again under the same
 * id, by which a gateway (Idempotency-Key) and a mailbox (Message-ID) know it. A notice has a term and must not be lost: where nobody can tell
 * whether a mail arrived it is sent again, and the reader at worst has it twice under one Message-ID.
 */
@Injectable()
export class DispatchSender {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DispatchStore) private readonly store: DispatchStore,
    @Inject(DispatchTrail) private readonly trail: DispatchTrail,
    @Inject(DispatchPorts) private readonly ports: DispatchPorts,
  ) {}

  /** Gives what is due to the relay; returns how many. */
  async wakeDue(): Promise<number> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => this.store.wake(tx, await this.now(tx), BATCH));
  }

  /** Does the next thing for a message, whatever it is. May be carried out at any time, by any number. */
  async advance(institutionId: string, id: string): Promise<void> {
    const envelope = await inTransaction(this.database, { institutionId }, (tx) => this.take(tx, institutionId, id));
    if (envelope === null) return;
    const { channel, tries, ...message } = envelope;
    let sent: Sent | null = null;
    let fault: SendError | null = null;
    try {
      sent = await this.ports.send(channel, message);
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      fault = error;
    }
    await inTransaction(this.database, { institutionId }, async (tx) => {
      const record = await this.store.lock(tx, institutionId, id);
      // Another may have taken it from us, who were too slow.
      if (record === null || record.tries !== tries) return;
      const now = await this.now(tx);
      if (sent !== null) await this.wasTaken(tx, record, sent, now);
      else if (fault !== null && record.state === 'queued') await this.wasNotTaken(tx, record, fault, now);
    });
  }

  /** Takes the message in hand, if it is to be sent now. */
  private async take(tx: Tx, institutionId: string, id: string): Promise<Envelope | null> {
    const record = await this.store.lock(tx, institutionId, id);
    if (record === null || record.state !== 'queued') return null;
    const now = await this.now(tx);
    if (record.busyUntil !== null && record.busyUntil > now) return null;
    if (later(record.askedAt, this.ports.giveUpAfterMs) <= now) return this.giveUp(tx, record, now);
    const tries = record.tries + 1;
    const busyUntil = later(now, this.ports.busyMs);
    await this.store.change(tx, id, { inHand: true, tries, busyUntil, wakeAt: busyUntil });
    return { ...this.ports.open(record), channel: record.channel, tries };
  }

  private async giveUp(tx: Tx, record: DispatchRecord, at: Date): Promise<null> {
    const code = record.inHand ? 'interrupted' : (record.code ?? 'too-late');
    await this.store.change(tx, record.id, { ...ENDED, state: 'given-up', code, settledAt: at });
    await this.trail.note(tx, record, 'given-up', at, DISPATCHER, code);
    return null;
  }

  private async wasTaken(tx: Tx, record: DispatchRecord, { providerId }: Sent, at: Date): Promise<void> {
    // A report was quicker than the answer, and has said more.
    if (record.state !== 'queued') return this.store.change(tx, record.id, { providerId, sentAt: record.sentAt ?? at });
    await this.store.change(tx, record.id, { ...ENDED, state: 'sent', providerId, sentAt: at, code: null });
    await this.trail.note(tx, record, 'sent', at, DISPATCHER);
  }

  private async wasNotTaken(tx: Tx, record: DispatchRecord, { code, again, afterMs }: SendError, at: Date): Promise<void> {
    if (again) {
      const wakeAt = later(at, waitAfter(record.tries, afterMs));
      return this.store.change(tx, record.id, { inHand: false, busyUntil: wakeAt, wakeAt, code });
    }
    await this.store.change(tx, record.id, { ...ENDED, state: 'failed', code, settledAt: at });
    await this.trail.note(tx, record, 'failed', at, DISPATCHER, code);
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }
}

const ENDED = { inHand: false, busyUntil: null, wakeAt: null } as const;
