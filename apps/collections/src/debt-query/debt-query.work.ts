import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import type { JobHandler, RoomWork } from '#jobs';
import { databaseNow, inTransaction } from '#pg';
import { SendError, SMS_PORT, type SmsPort } from '#sending';
import { Vault } from '#vault';
import { codeOf } from './code.ts';
import { DebtQueryStore } from './debt-query.store.ts';
import { DEBT_CODE_DUE } from './debt-query.topic.ts';

const textOf = (language: string, code: string): string =>
  language === 'en'
    ? `Your code is ${code}. It tells you, on the bank's public page, who holds your debt, and is good for 10 minutes. Give it to nobody.`
    : `验证码 ${code}，用于在本行公示页面查询您的欠款由谁催收，10 分钟内有效。请勿告诉他人。`;

/** Sends the codes of those who asked with a number that the case has. */
@Injectable()
export class DebtQueryWork implements RoomWork {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DebtQueryStore) private readonly store: DebtQueryStore,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(SMS_PORT) private readonly sms: SmsPort,
  ) {}

  get prompt(): Record<string, JobHandler> {
    return { [DEBT_CODE_DUE]: ({ institutionId = '', queryId = '' }) => this.send(institutionId, queryId) };
  }

  /** Once, however often it is woken; throws SendError where another try makes sense. */
  async send(institutionId: string, id: string): Promise<void> {
    await inTransaction(this.database, { institutionId }, async (tx) => {
      const due = await this.store.codeDue(tx, institutionId, id);
      if (due === null || due.settled) return;
      const now = this.clock.override ?? (await databaseNow(tx));
      const unsent = why(due, now);
      if (unsent !== null || due.valueSealed === null) return this.store.settle(tx, id, { sentAt: null, unsent: unsent ?? 'no-match' });
      const to = this.vault.open(due.valueSealed, 'contact.value');
      try {
        await this.sms.send({ id, to, text: textOf(due.language, codeOf(this.vault, id)) });
      } catch (error) {
        if (!(error instanceof SendError) || error.again) throw error;
        return this.store.settle(tx, id, { sentAt: null, unsent: error.code });
      }
      await this.store.settle(tx, id, { sentAt: now, unsent: null });
    });
  }
}

function why(due: { readonly valueSealed: Buffer | null; readonly optedOut: boolean; readonly expiresAt: Date }, now: Date): string | null {
  if (due.valueSealed === null) return 'no-match';
  // The form could otherwise be used to send somebody what they asked not to be sent.
  if (due.optedOut) return 'opted-out';
  return due.expiresAt <= now ? 'too-late' : null;
}
