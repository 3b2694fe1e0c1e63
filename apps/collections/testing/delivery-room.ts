import { SendError, type MailMessage, type Sent, type TextMessage } from '#sending';
import { ActService } from '../src/act/act.service.ts';
import { ActStore } from '../src/act/act.store.ts';
import { DeliveryDesk } from '../src/delivery/delivery.desk.ts';
import { DeliveryMail } from '../src/delivery/delivery.mail.ts';
import { DeliveryPorts } from '../src/delivery/delivery.ports.ts';
import { DeliveryReferral } from '../src/delivery/delivery.referral.ts';
import { DeliverySender } from '../src/delivery/delivery.sender.ts';
import { DeliveryService } from '../src/delivery/delivery.service.ts';
import { DeliveryStore } from '../src/delivery/delivery.store.ts';
import { DeliveryWords } from '../src/delivery/delivery.words.ts';
import type { TemplateRequest } from '../src/message/message.dto.ts';
import { MessageService } from '../src/message/message.service.ts';
import { MessageStore } from '../src/message/message.store.ts';
import { SettingService } from '../src/message/setting.service.ts';
import { SettingStore } from '../src/message/setting.store.ts';
import { referralsOf } from './entrustment-room.ts';
import { principal, type Stage } from './stage.ts';

/** A way out that keeps what went, and fails as the test says. */
export class Outbox {
  readonly texts: TextMessage[] = [];
  readonly mails: MailMessage[] = [];
  /** Thrown by the next sends, in order; null: taken. */
  faults: (SendError | null)[] = [];

  readonly sms = { send: (message: TextMessage): Promise<Sent> => this.take(() => this.texts.push(message)) };
  readonly mail = { send: (message: MailMessage): Promise<Sent> => this.take(() => this.mails.push(message)) };

  private async take(keep: () => void): Promise<Sent> {
    const fault = this.faults.shift() ?? null;
    if (fault !== null) throw fault;
    keep();
    return { providerId: `gw-${this.texts.length + this.mails.length}` };
  }
}

// Two minutes, until whoever has a delivery in hand is taken for dead.
const PATIENCE = { smsTimeoutMs: 60_000, smtpTimeoutMs: 10_000 };

export const temporary = (mayHaveArrived = false): SendError => new SendError('http-503', { again: true, mayHaveArrived });
export const permanent = (): SendError => new SendError('http-422', { again: false, mayHaveArrived: false });

export const LETTER = [
  { kind: 'name-and-balance', text: '{{debtorName}}：您在{{bankName}}的信用卡（账户{{debtId}}）欠款{{balance}}元。' },
  { kind: 'reason-and-basis', text: '依据您签署的信用卡领用合约，该款项自{{overdueSince}}起未按约归还。' },
  { kind: 'rights-and-duties', text: '您有权了解账户情况并协商还款，也有义务按约归还欠款。' },
  { kind: 'query', text: '您可以通过手机银行或网点查询账单与账户状态。' },
  { kind: 'objection', text: '如对欠款有异议，请在收到本函后向我行提出。' },
  { kind: 'evidence', text: '提出异议时请附上相关凭证或证据材料。' },
  { kind: 'bank-contact', text: '联系方式：{{bankContact}}。' },
  { kind: 'seal', text: '{{bankName}}（盖章）' },
];

/** The rooms of messages on a stage: templates, settings, deliveries. */
export class DeliveryRoom {
  readonly messages: MessageService;
  readonly settings: SettingService;
  readonly deliveries: DeliveryService;
  readonly sender: DeliverySender;
  readonly desk: DeliveryDesk;
  readonly store = new DeliveryStore();

  constructor(
    readonly stage: Stage,
    readonly out = new Outbox(),
  ) {
    const { source, clock, vault } = stage;
    const acts = new ActService(new ActStore(), vault);
    this.messages = new MessageService(source, clock, new MessageStore(), acts);
    this.settings = new SettingService(source, clock, new SettingStore(), acts);
    const words = new DeliveryWords(this.messages, vault);
    this.desk = new DeliveryDesk(source, this.store, words, stage.gate, stage.outcomes, vault);
    this.deliveries = new DeliveryService(source, clock, this.store, this.desk);
    const mail = new DeliveryMail(this.store, this.desk, vault, new DeliveryPorts(this.out.sms, this.out.mail, PATIENCE));
    const referrals = new DeliveryReferral(source, clock, this.store, referralsOf(stage));
    this.sender = new DeliverySender(source, clock, this.store, mail, stage.outcomes, referrals);
  }

  async say(): Promise<void> {
    const setting = { bankName: '演示银行', bankContact: '95588', senderAddress: '哈尔滨市道里区一号' };
    await this.settings.put(principal('compliance'), setting);
  }

  /** An approved template. */
  async template(request: Pick<TemplateRequest, 'templateId' | 'channel'> & Partial<TemplateRequest>): Promise<void> {
    const content =
      request.channel === 'letter' ? { blocks: LETTER } : { text: '{{debtorName}}您好，您欠款{{balance}}元，请联系{{bankContact}}。' };
    const { templateId, version } = await this.messages.create(principal('compliance'), { title: '通知', ...content, ...request }, null);
    await this.messages.approve(principal('compliance', { subject: 'compliance-2' }), { templateId, version: String(version) }, null);
  }

  /** Does all that is waiting for it now, as a worker would. */
  async work(): Promise<void> {
    await this.sender.wakeDue();
    const due = await this.stage.sql<{ id: string; institutionId: string }>(
      `with taken as (delete from outbox where topic = 'delivery.due' returning payload, institution_id)
       select distinct payload ->> 'deliveryId' as id, institution_id as "institutionId" from taken`,
      [],
      '*',
    );
    for (const { id, institutionId } of due) await this.sender.advance(institutionId, id);
  }
}
