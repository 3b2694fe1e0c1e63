import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { databaseNow, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { DeliveryService } from '../delivery/delivery.service.ts';
import { dayOf, ReminderService } from './reminder.service.ts';
import { ReminderStore, type DueRecord, type ReminderSetting } from './reminder.store.ts';

const BATCH = 100;
// Nobody is reminded late in the evening of what fell due; the morning after does it, while the date is still to come.
const LAST_HOUR = 21;
const REMINDER = 'system:reminder';

const hourOf = (at: Date, timeZone: string): number =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at));

/**
 * Reminds of what falls due within the days that the institution set (HLJ Art. 18). Asked often, at any hour from the institution's on: a date has one
 * reminder (a row of its own), so that a run that was late, interrupted or carried out twice is one. After the date nobody is reminded.
 */
@Injectable()
export class ReminderRun {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ReminderStore) private readonly store: ReminderStore,
    @Inject(ReminderService) private readonly reminders: ReminderService,
    @Inject(DeliveryService) private readonly deliveries: DeliveryService,
  ) {}

  /** Returns how many reminders were ordered. */
  async run(): Promise<number> {
    const { now, all } = await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => ({
      now: await this.now(tx),
      all: await this.store.enabled(tx),
    }));
    let ordered = 0;
    for (const { institutionId, ...setting } of all) {
      const hour = hourOf(now, setting.timeZone);
      if (hour < setting.hour || hour >= LAST_HOUR) continue;
      ordered += await this.runFor(institutionId, setting, dayOf(now, setting.timeZone));
    }
    return ordered;
  }

  private async runFor(institutionId: string, setting: ReminderSetting, on: string): Promise<number> {
    let ordered = 0;
    for (let after: string | null = null; ;) {
      const last: string | null = after;
      const batch = await inTransaction(this.database, { institutionId }, async (tx) => {
        // A version that was approved since may say what the one before did not.
        if ((await this.reminders.faultsOf(tx, institutionId, setting)).length > 0) return null;
        const { daysBefore, channels } = setting;
        const due = await this.store.take(tx, { institutionId, on, daysBefore, channels, after: last, limit: BATCH });
        const reached = due.filter(({ channel }) => channel !== null);
        const at = await this.now(tx);
        for (const one of reached) await this.order(tx, institutionId, setting, one, at);
        return { next: due.length < BATCH ? null : (due.at(-1)?.id ?? null), ordered: reached.length };
      });
      ordered += batch?.ordered ?? 0;
      if (!batch?.next) return ordered;
      after = batch.next;
    }
  }

  private async order(tx: Tx, institutionId: string, setting: ReminderSetting, due: DueRecord, at: Date): Promise<void> {
    if (due.contactPointId === null || (due.channel !== 'sms' && due.channel !== 'email')) return;
    const by = { institutionId, agencyId: null, subject: REMINDER, clientId: null };
    const delivery = await this.deliveries.order(
      tx,
      by,
      {
        kind: 'reminder',
        caseUuid: due.caseUuid,
        partyId: due.partyId,
        contactPointId: due.contactPointId,
        channel: due.channel,
        purpose: 'remind',
        templateId: due.channel === 'sms' ? setting.smsTemplate : setting.emailTemplate,
        version: null,
        text: null,
        variables: {},
        collectorIds: [REMINDER],
        deviceId: null,
        ledger: { words: { dueOn: due.dueOn, amountDue: due.amount }, amounts: [due.amount] },
      },
      at,
    );
    await this.store.add(tx, institutionId, due.id, delivery, at);
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }
}
