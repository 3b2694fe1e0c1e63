import { Global, Module } from '@nestjs/common';
import { CONFIG } from '#service';
import { FolderMail, FolderSms } from './folder.ts';
import { HttpSms } from './http-sms.ts';
import { MAIL_PORT, SendError, SMS_PORT, type MailPort, type SmsPort } from './port.ts';
import { checkSending, type SendingConfig } from './settings.ts';
import { SmtpMail } from './smtp-mail.ts';

const nothing = {
  send: async (): Promise<never> => {
    throw new SendError('not-set-up', { again: true, mayHaveArrived: false });
  },
};

/** What SMS_URL names. Throws ConfigError. */
export function createSmsPort(config: SendingConfig, now = (): Date => new Date()): SmsPort {
  checkSending(config);
  if (config.smsUrl === '') return nothing;
  return config.smsUrl.startsWith('file:') ? new FolderSms(config.smsUrl) : new HttpSms(config, now);
}

/** What SMTP_URL names. Throws ConfigError. */
export function createMailPort(config: SendingConfig): MailPort {
  checkSending(config);
  if (config.smtpUrl === '') return nothing;
  return config.smtpUrl.startsWith('file:') ? new FolderMail(config.smtpUrl, config.mailFrom) : new SmtpMail(config);
}

/** Both ports, for every room of a process. */
@Global()
@Module({
  providers: [
    { provide: SMS_PORT, inject: [CONFIG], useFactory: (config: SendingConfig) => createSmsPort(config) },
    { provide: MAIL_PORT, inject: [CONFIG], useFactory: (config: SendingConfig) => createMailPort(config) },
  ],
  exports: [SMS_PORT, MAIL_PORT],
})
export class SendingModule {}
