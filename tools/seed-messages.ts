import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { inTransaction } from '#pg';
import { DeliveryService } from '../apps/collections/src/delivery/delivery.service.ts';
import { DueImportStore } from '../apps/collections/src/import/due-import.store.ts';
import { SettingService } from '../apps/collections/src/message/setting.service.ts';
import { ReminderService } from '../apps/collections/src/reminder/reminder.service.ts';
import { institutionId } from './make-data/index.ts';

const DAY_MS = 86_400_000;
const DUE_CASES = 12;
const person = (subject: string, role: Principal['roles'][number]): Principal => ({
  subject,
  clientId: null,
  institutionId,
  agencyId: null,
  roles: [role],
});

const POINTS = `
  select distinct on (t.channel) k.case_id as "caseId", p.party_id as "partyId", t.id as "contactPointId", t.channel
  from collection_case k join party p on p.collection_case = k.id and p.role = 'debtor' join contact_point t on t.party = p.id
  where k.institution_id = $1 and k.agency_id is null and k.state = 'open' and t.channel = any($2) and t.status = 'valid'
    and not exists (select from hold h where h.debtor = k.debtor) order by t.channel, k.case_id`;

/** How texts name the bank, who is reminded when, and a letter and a mail that were asked for. Made once. */
export async function seedMessages(app: INestApplicationContext): Promise<number> {
  const [database, settings, reminders, deliveries, dues] = [
    app.get(DataSource),
    app.get(SettingService, { strict: false }),
    app.get(ReminderService, { strict: false }),
    app.get(DeliveryService, { strict: false }),
    app.get(DueImportStore, { strict: false }),
  ];
  const compliance = person('seed', 'compliance');
  if ((await settings.view(compliance)).setBy !== null) return 0;
  await settings.put(compliance, {
    bankName: '演示银行',
    bankContact: '400-000-0000',
    senderAddress: '哈尔滨市道里区演示路 1 号 演示银行信用卡中心',
  });
  const day = (days: number): string => new Date(Date.now() + 8 * 3_600_000 + days * DAY_MS).toISOString().slice(0, 10);
  await inTransaction(database, { institutionId }, async (tx) => {
    const found = await tx.query<{ caseId: string; balance: string }>(
      `select case_id as "caseId", balance::text as balance from collection_case where institution_id = $1 and state = 'open' and balance > 0 order by case_id offset 40 limit $2`,
      [institutionId, DUE_CASES],
    );
    const rows = found.map(({ caseId, balance }, index) => ({
      row: index + 2,
      caseId,
      dueOn: day(1 + (index % 5)),
      amountDue: (Math.floor(Number(balance) / 10) + 1).toFixed(2),
      currency: 'CNY',
      paidOn: null,
    }));
    await dues.store(tx, institutionId, rows);
  });
  const templates = { smsTemplateId: 'sms-due', emailTemplateId: 'email-due' };
  await reminders.put(compliance, { enabled: true, daysBefore: 3, hour: 10, channels: ['sms', 'email'], ...templates });
  const points = await inTransaction(database, { institutionId }, (tx) =>
    tx.query<{ caseId: string; partyId: string; contactPointId: string; channel: 'email' | 'letter' }>(POINTS, [
      institutionId,
      ['email', 'letter'],
    ]),
  );
  for (const { channel, ...to } of points) {
    const templateId = channel === 'letter' ? 'letter-notice' : 'email-reminder';
    await deliveries.request(person('seed', 'collections-manager'), { ...to, channel, purpose: 'collect', templateId }, null, 'zh');
  }
  return points.length;
}
