import { readConfig } from '#config';
import { inTransaction } from '#pg';
import { createMailPort, createSmsPort, sendingSettings, type MailPort, type SmsPort } from '#sending';
import { DispatchPorts } from '../src/dispatch/dispatch.ports.ts';
import { DispatchSender } from '../src/dispatch/dispatch.sender.ts';
import { DispatchService, type DispatchOrder } from '../src/dispatch/dispatch.service.ts';
import { DISPATCH_DUE } from '../src/dispatch/dispatch.states.ts';
import { DispatchStore } from '../src/dispatch/dispatch.store.ts';
import { DispatchTrail } from '../src/dispatch/dispatch.trail.ts';
import { DispatchReportService } from '../src/dispatch/report.service.ts';
import { BANK, type Stage } from './stage.ts';

const DAY_MS = 86_400_000;
export const REPORT_SECRET = 's'.repeat(32);

/** The ways out to servers of this machine. */
export function portsTo(smsUrl: string, smtpPort: number): { readonly sms: SmsPort; readonly mail: MailPort } {
  const env = { SMS_URL: smsUrl, SMTP_URL: `smtp://127.0.0.1:${smtpPort}`, MAIL_FROM: '一家银行 <service@bank.example>' };
  const config = { ...readConfig(sendingSettings, { ...env, SMS_TIMEOUT_MS: '10000' }), demo: false };
  return { sms: createSmsPort(config), mail: createMailPort(config) };
}

/** The rooms of decisions and of what leaves the house, on a stage. */
export class DecisionRooms {
  readonly dispatches: DispatchService;
  readonly sender: DispatchSender;
  readonly reports: DispatchReportService;

  constructor(
    private readonly stage: Stage,
    ports: { readonly sms: SmsPort; readonly mail: MailPort },
  ) {
    const { source, clock, vault, reading, timeline } = stage;
    const [store, trail] = [new DispatchStore(), new DispatchTrail(timeline)];
    const patience = { smsTimeoutMs: 10_000, smtpTimeoutMs: 15_000, dispatchGiveUpAfterMs: DAY_MS };
    this.dispatches = new DispatchService(source, store, trail, reading, vault);
    this.sender = new DispatchSender(source, clock, store, trail, new DispatchPorts(ports.sms, ports.mail, vault, patience));
    this.reports = new DispatchReportService(source, clock, store, trail, { deliveryReportSecrets: ['x'.repeat(32), REPORT_SECRET] });
  }

  /** Asks for a message, as a room would in its own transaction. */
  queue(order: Partial<DispatchOrder> = {}): Promise<string> {
    const whole: DispatchOrder = {
      institutionId: BANK,
      complaintId: null,
      channel: 'sms',
      to: '+8613800000001',
      subject: '投诉处理',
      body: '您的投诉已有处理结果。',
      purpose: 'decision-notice',
      ref: null,
      by: 'complaint-handler-1',
      ...order,
    };
    return inTransaction(this.stage.source, { institutionId: BANK }, async (tx) =>
      this.dispatches.queue(tx, whole, await this.stage.reading.now(tx)),
    );
  }

  /** What the worker does: takes what the outbox and the clockwork wake, until nothing is left to wake. */
  async send(): Promise<void> {
    await this.sender.wakeDue();
    const rows = await this.stage.sql<{ id: string }>(
      `with due as (update outbox set sent_at = clock_timestamp() where topic = $1 and sent_at is null returning payload)
       select distinct payload ->> 'dispatchId' as id from due`,
      [DISPATCH_DUE],
    );
    for (const { id } of rows) await this.sender.advance(BANK, id);
  }
}
