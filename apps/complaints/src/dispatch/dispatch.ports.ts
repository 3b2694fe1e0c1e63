import { Inject, Injectable } from '@nestjs/common';
import { busyMsOf, MAIL_PORT, SMS_PORT, type MailMessage, type MailPort, type Sent, type SmsPort } from '#sending';
import { CONFIG } from '#service';
import { Vault } from '#vault';
import type { ComplaintsConfig } from '../config.ts';
import type { DispatchChannel } from './dispatch.states.ts';
import type { DispatchRecord } from './dispatch.store.ts';
import { BODY_CONTEXT, SUBJECT_CONTEXT, TO_CONTEXT } from './dispatch.view.ts';

type Patience = Pick<ComplaintsConfig, 'smsTimeoutMs' | 'smtpTimeoutMs' | 'dispatchGiveUpAfterMs'>;

/** The ways out, how long one may be at it, and what is handed over, opened for the moment of sending. */
@Injectable()
export class DispatchPorts {
  readonly busyMs: number;
  readonly giveUpAfterMs: number;

  constructor(
    @Inject(SMS_PORT) private readonly sms: SmsPort,
    @Inject(MAIL_PORT) private readonly mail: MailPort,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(CONFIG) patience: Patience,
  ) {
    this.busyMs = busyMsOf(patience);
    this.giveUpAfterMs = patience.dispatchGiveUpAfterMs;
  }

  open(record: DispatchRecord): MailMessage {
    const { vault } = this;
    return {
      id: record.id,
      to: vault.open(record.toSealed, TO_CONTEXT),
      subject: vault.open(record.subjectSealed, SUBJECT_CONTEXT),
      text: vault.open(record.bodySealed, BODY_CONTEXT),
    };
  }

  async send(channel: DispatchChannel, { id, to, subject, text }: MailMessage): Promise<Sent> {
    return channel === 'email' ? this.mail.send({ id, to, subject, text }) : this.sms.send({ id, to, text });
  }
}
