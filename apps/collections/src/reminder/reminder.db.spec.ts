import type { ImportRecord } from '#imports';
import { inTransaction } from '#pg';
import { DeliveryRoom } from '../../testing/delivery-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { ActService } from '../act/act.service.ts';
import { ActStore } from '../act/act.store.ts';
import { DueDatesKind } from '../import/due-dates.kind.ts';
import { DueImportStore } from '../import/due-import.store.ts';
import type { ReminderSettingRequest } from './reminder.dto.ts';
import { ReminderRun } from './reminder.run.ts';
import { ReminderService } from './reminder.service.ts';
import { ReminderStore } from './reminder.store.ts';

const compliance = principal('compliance');
const usual: ReminderSettingRequest = {
  enabled: true,
  daysBefore: 3,
  hour: 10,
  channels: ['sms', 'email'],
  smsTemplateId: 'due-sms',
  emailTemplateId: 'due-mail',
};
let stage: Stage;
let room: DeliveryRoom;
let reminders: ReminderService;
let run: ReminderRun;
let count = 0;

beforeAll(async () => {
  stage = await Stage.open();
  room = new DeliveryRoom(stage);
  await room.say();
  await room.template({
    templateId: 'due-sms',
    channel: 'sms',
    text: '{{debtorName}}您好，您的账单{{amountDue}}元将于{{dueOn}}到期，可致电{{bankContact}}。',
  });
  await room.template({ templateId: 'due-mail', channel: 'email', text: '您的账单将于{{dueOn}}到期。' });
  await room.template({ templateId: 'dun', channel: 'sms', text: '您的账单已逾期，{{dueOn}}前请归还欠款。' });
  await room.template({ templateId: 'no-date', channel: 'sms', text: '您好。' });
  const store = new ReminderStore();
  reminders = new ReminderService(stage.source, stage.clock, store, room.messages, new ActService(new ActStore(), stage.vault));
  run = new ReminderRun(stage.source, stage.clock, store, reminders, room.deliveries);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-11-21T10:00:00+08:00';
  await stage.sql('delete from reminder');
  await stage.sql('delete from due_date');
  room.out.texts.length = 0;
  room.out.mails.length = 0;
  await reminders.put(compliance, usual);
});

const kind = new DueDatesKind(new DueImportStore());
const load = (rows: readonly (readonly string[])[]) =>
  inTransaction(stage.source, { institutionId: BANK }, (tx) =>
    kind.storeBatch(
      tx,
      { institutionId: BANK, agencyId: null } as ImportRecord,
      {
        rows: rows.map((values, index) => ({ row: index + 2, values })),
      } as never,
    ),
  );
/** A case with a date on which something falls due. */
async function due(
  dueOn: string,
  more: { amount?: string; paidOn?: string; channel?: 'sms' | 'email' | 'letter'; balance?: string } = {},
): Promise<string> {
  count += 1;
  const { amount = '500.00', paidOn = '', channel = 'sms', balance = '5000.00' } = more;
  const caseId = `E${count}`;
  const point = { sms: `+86138000${30_000 + count}`, email: `e${count}@example.test`, letter: `某路${count}号` }[channel];
  await stage.addCases([
    { caseId, debtorId: `DE${count}`, debtId: `LE${count}`, overdueSince: null, balance, contactPoint: point, contactChannel: channel },
  ]);
  await load([['', caseId, dueOn, amount, 'CNY', paidOn]]);
  return caseId;
}
const remind = async (): Promise<number> => {
  const ordered = await run.run();
  await room.work();
  await room.work();
  return ordered;
};
const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { extras?: { errors?: readonly { pointer: string; source?: string }[] } }) =>
      error.extras?.errors?.map(({ pointer, source }) => [pointer, source]),
  );

describe('a reminder', () => {
  it('goes out within the days before the date, once, and is no collection contact', async () => {
    const caseId = await due('2026-11-24');
    await due('2026-11-25');
    expect(await Promise.all([run.run(), run.run(), run.run()]).then((ordered) => ordered.reduce((a, b) => a + b))).toBe(1);
    await room.work();
    await room.work();
    expect(await remind()).toBe(0);
    expect(room.out.texts).toMatchObject([{ text: '张三您好，您的账单500.00元将于2026-11-24到期，可致电95588。' }]);
    const [contact] = await stage.sql(`select purpose, collector_ids from contact where case_id = $1`, [caseId]);
    expect(contact).toEqual({ purpose: 'remind', collector_ids: ['system:reminder'] });
    expect((await reminders.list(compliance, {})).items).toMatchObject([
      { caseId, dueOn: '2026-11-24', amount: '500.00', deliveryState: 'sent', paidOn: null },
    ]);
    stage.now = '2026-11-22T10:00:00+08:00';
    expect(await remind()).toBe(1);
  });

  it('does not go out before the hour, late in the evening, or after the date, however long nothing ran', async () => {
    await due('2026-11-22');
    stage.now = '2026-11-21T09:59:59+08:00';
    expect(await run.run()).toBe(0);
    stage.now = '2026-11-21T21:00:00+08:00';
    expect(await run.run()).toBe(0);
    stage.now = '2026-11-22T20:59:59+08:00';
    expect(await run.run()).toBe(1);
    await due('2026-11-22', { amount: '1.00' });
    stage.now = '2026-11-23T10:00:00+08:00';
    expect(await run.run()).toBe(0);
  });

  it('is not for what was paid, nor for who opted out; and takes the way that is left', async () => {
    await due('2026-11-22', { paidOn: '2026-11-20' });
    await due('2026-11-22', { balance: '0.00' });
    const out = await due('2026-11-22');
    const mail = await due('2026-11-22', { channel: 'email' });
    const none = await due('2026-11-22', { channel: 'letter' });
    await stage.sql(
      `insert into opt_out (institution_id, debtor, party_id, channel, at, evidence)
       select k.institution_id, k.debtor, 'P1', 'sms', '2026-11-01', 'x' from collection_case k where k.case_id = $1`,
      [out],
    );
    const preview = await reminders.preview(compliance, { on: '2026-11-21' });
    expect(preview.items.map(({ caseId, channel, why }) => [caseId, channel, why])).toEqual([
      [out, null, 'opted-out'],
      [mail, 'email', null],
      [none, null, 'no-contact-point'],
    ]);
    expect(await remind()).toBe(1);
    expect(room.out.texts).toEqual([]);
    expect(room.out.mails).toMatchObject([{ text: '您的账单将于2026-11-22到期。' }]);
  });

  it('is paid before it is sent: then it is not', async () => {
    const caseId = await due('2026-11-23');
    expect((await reminders.preview(compliance, {})).items.map((one) => one.caseId)).toEqual([caseId]);
    expect(await load([['', caseId, '2026-11-23', '500.0', 'CNY', '2026-11-21']])).toMatchObject({ inserted: 0, updated: 1, unchanged: 0 });
    expect(await remind()).toBe(0);
  });

  it('has settings that keep within HLJ Art. 18', async () => {
    expect(await refusal(reminders.put(compliance, { ...usual, daysBefore: 6 }))).toEqual([['/daysBefore', 'HLJ 18']]);
    expect(await refusal(reminders.put(compliance, { ...usual, smsTemplateId: 'dun' }))).toEqual([['/smsTemplateId', 'HLJ 18']]);
    expect(await refusal(reminders.put(compliance, { ...usual, smsTemplateId: 'no-date' }))).toEqual([['/smsTemplateId', 'HLJ 18']]);
    expect(await refusal(reminders.put(compliance, { ...usual, emailTemplateId: 'due-sms' }))).toEqual([['/emailTemplateId', undefined]]);
    expect(await reminders.put(compliance, { ...usual, daysBefore: 5 })).toMatchObject({
      daysBefore: 5,
      fault: null,
      setBy: 'compliance-1',
    });
    expect(await reminders.view(principal('compliance', { institutionId: 'bank-2' }))).toMatchObject({ enabled: false, setBy: null });
  });

  it('stops when a later version of its template says more than a reminder may, and says so', async () => {
    await room.template({ templateId: 'late', channel: 'sms', text: '{{dueOn}}到期。' });
    await reminders.put(compliance, { ...usual, channels: ['sms'], smsTemplateId: 'late' });
    await room.template({ templateId: 'late', channel: 'sms', text: '{{dueOn}}前请归还欠款。' });
    await due('2026-11-22');
    expect(await run.run()).toBe(0);
    expect((await reminders.view(compliance)).fault).toContain('欠款');
  });
});

describe('a file of due dates', () => {
  it('changes nothing when it comes again, and reports what it cannot take', async () => {
    const caseId = await due('2026-12-01');
    expect(await load([['', caseId, '2026-12-01', '500.00', 'CNY', '']])).toEqual({ inserted: 0, updated: 0, unchanged: 1, faults: [] });
    const bad = await load([
      ['', 'nobody', '2026-12-01', '1.00', 'CNY', ''],
      ['', caseId, '2026-02-30', '1.00', 'CNY', ''],
      ['', caseId, '2026-12-02', '0', 'CNY', ''],
      ['other', caseId, '2026-12-02', '1', 'CNY', ''],
      ['', caseId, '2026-12-02', '12.345', 'CNY', ''],
    ]);
    expect(bad.faults.map(({ row, code }) => [row, code]).toSorted()).toEqual([
      [2, 'unknown-case'],
      [3, 'date'],
      [4, 'amount'],
      [5, 'other-institution'],
      [6, 'amount'],
    ]);
    const rows = [['', caseId, '2026-12-09', '7.00', 'CNY', '']];
    const both = await Promise.all([load(rows), load(rows)]);
    expect(both.map(({ inserted }) => inserted).toSorted()).toEqual([0, 1]);
  });
});
