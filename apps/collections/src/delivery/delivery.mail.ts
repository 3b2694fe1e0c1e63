import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import type { MailMessage, Sent } from '#sending';
import { Vault } from '#vault';
import { MESSAGE_CONTEXT } from '../contact/message.ts';
import { DeliveryDesk } from './delivery.desk.ts';
import { DeliveryPorts } from './delivery.ports.ts';
import type { SentChannel } from './delivery.states.ts';
import { DeliveryStore, type DeliveryRecord } from './delivery.store.ts';

/** What a message says and to whom, opened for the moment of sending; and the ways out. */
@Injectable()
export class DeliveryMail {
  constructor(
    @Inject(DeliveryStore) private readonly store: DeliveryStore,
    @Inject(DeliveryDesk) private readonly desk: DeliveryDesk,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(DeliveryPorts) private readonly ports: DeliveryPorts,
  ) {}

  /** The delivery with the gate's answer; null where the gate cannot judge it any more, as when the case has gone. */
  async settle(institutionId: string, id: string): Promise<DeliveryRecord | null> {
    try {
      return await this.desk.settle(institutionId, id, null);
    } catch (error) {
      if (error instanceof Refusal && (error.kind === NOT_FOUND || error.kind === INVALID)) return null;
      throw error;
    }
  }

  async open(tx: Tx, { id }: DeliveryRecord): Promise<{ to: string; subject: string; text: string } | null> {
    const box = await this.store.letterbox(tx, id);
    if (!box?.messageSealed) return null;
    const { text } = JSON.parse(this.vault.open(box.messageSealed, MESSAGE_CONTEXT)) as { text?: string | null };
    if (!text) return null;
    return { to: this.vault.open(box.valueSealed, 'contact.value'), subject: box.title ?? '', text };
  }

  get busyMs(): number {
    return this.ports.busyMs;
  }

  async send(channel: SentChannel, message: MailMessage): Promise<Sent> {
    return this.ports.send(channel, message);
  }
}
