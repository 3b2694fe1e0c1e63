import { Inject, Injectable } from '@nestjs/common';
import { busyMsOf, MAIL_PORT, SMS_PORT, type MailMessage, type MailPort, type Sent, type SmsPort } from '#sending';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import type { SentChannel } from './delivery.states.ts';

type Patience = Pick<CollectionsConfig, 'smsTimeoutMs' | 'smtpTimeoutMs'>;

/** The ways out, and how long one may be at it. */
@Injectable()
export class DeliveryPorts {
  /** Longer than any way takes: whoever comes later may take the one at work for dead. */
  readonly busyMs: number;

  constructor(
    @Inject(SMS_PORT) private readonly sms: SmsPort,
    @Inject(MAIL_PORT) private readonly mail: MailPort,
    @Inject(CONFIG) patience: Patience,
  ) {
    this.busyMs = busyMsOf(patience);
  }

  async send(channel: SentChannel, { id, to, subject, text }: MailMessage): Promise<Sent> {
    return channel === 'email' ? this.mail.send({ id, to, subject, text }) : this.sms.send({ id, to, text });
  }
}
