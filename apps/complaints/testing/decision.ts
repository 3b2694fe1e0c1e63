import { readConfig } from '#config';
import { inTransaction } from '#pg';
import { createMailPort, createSmsPort, sendingSettings, type MailPort, type SmsPort } from '#sending';
import { DecisionLetterService } from '../src/decision/decision-letter.service.ts';
import { DecisionDesk } from '../src/decision/decision.desk.ts';
import { DecisionService } from '../src/decision/decision.service.ts';
import { DecisionShow } from '../src/decision/decision.show.ts';
import { DecisionStore } from '../src/decision/decision.store.ts';
import { DecisionWork } from '../src/decision/decision.work.ts';
import { DirectDecisionService } from '../src/decision/direct.service.ts';
import { MatrixService } from '../src/decision/matrix.service.ts';
import { MatrixStore } from '../src/decision/matrix.store.ts';
import { VerdictService } from '../src/decision/verdict.service.ts';
import { DispatchPorts } from '../src/dispatch/dispatch.ports.ts';
import { DispatchSender } from '../src/dispatch/dispatch.sender.ts';
import { DispatchService, type DispatchOrder } from '../src/dispatch/dispatch.service.ts';
import { DISPATCH_DUE } from '../src/dispatch/dispatch.states.ts';
import { DispatchStore } from '../src/dispatch/dispatch.store.ts';
import { DispatchTrail } from '../src/dispatch/dispatch.trail.ts';
import { DispatchReportService } from '../src/dispatch/report.service.ts';
import type { DecisionDraftRequest } from '../src/decision/decision.dto.ts';
import type { TemplateRequest } from '../src/letter-template/template.dto.ts';
import { LetterService } from '../src/letter-template/letter.service.ts';
import { TemplateService } from '../src/letter-template/template.service.ts';
import { TemplateStore } from '../src/letter-template/template.store.ts';
import { TellingDesk } from '../src/telling/telling.desk.ts';
import { TellingService } from '../src/telling/telling.service.ts';
import { TellingShow } from '../src/telling/telling.show.ts';
import { TellingStore } from '../src/telling/telling.store.ts';
import { TELLING_MOVED, TellingWriter } from '../src/telling/telling.writer.ts';
import { WaiverService } from '../src/telling/waiver.service.ts';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Asked } from '../src/clock/event.service.ts';
import { BANK, handler, principal, type Stage } from './stage.ts';
import { Supervision } from './supervision.ts';

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
  readonly decisions: DecisionService;
  readonly direct: DirectDecisionService;
  readonly verdicts: VerdictService;
  readonly matrices: MatrixService;
  readonly letters: DecisionLetterService;
  readonly templates: TemplateService;
  readonly tellings: TellingService;
  readonly waivers: WaiverService;
  readonly writer: TellingWriter;
  readonly resting: DecisionWork;
  readonly approvals: Supervision['approvals'];

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
    const approvals = new Supervision(stage).approvals;
    this.approvals = approvals;
    const decisions = new DecisionStore();
    this.matrices = new MatrixService(source, new MatrixStore(), reading, approvals);
    const desk = new DecisionDesk(decisions, this.matrices, stage.events, approvals, timeline);
    const show = new DecisionShow(decisions, this.matrices, reading);
    this.decisions = new DecisionService(source, decisions, desk, show, reading, vault);
    this.direct = new DirectDecisionService(source, decisions, desk, reading, stage.events, vault);
    this.verdicts = new VerdictService(decisions, this.decisions, desk, approvals, vault);
    this.resting = new DecisionWork({ dispatchesEveryMs: 1000 }, source, clock, decisions, approvals);
    const templates = new TemplateStore();
    this.templates = new TemplateService(source, templates, reading, approvals);
    const letters = new LetterService(templates, vault);
    this.letters = new DecisionLetterService(source, decisions, letters, reading, vault);
    const [tellings, clerk] = [new TellingStore(), new TellingDesk(stage.events, timeline)];
    const shown = new TellingShow(tellings, this.dispatches, letters, reading, vault);
    this.writer = new TellingWriter(source, tellings, clerk, this.dispatches, letters, this.letters, reading, vault);
    this.tellings = new TellingService(source, tellings, clerk, shown, this.writer, reading, vault);
    this.waivers = new WaiverService(source, tellings, clerk, shown, approvals, reading, vault);
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

  /** The same, and whoever waits for the notices hears of them. */
  async sendNotices(): Promise<void> {
    await this.send();
    const rows = await this.stage.sql<{ id: string }>(
      `with due as (update outbox set sent_at = clock_timestamp() where topic = $1 and sent_at is null returning payload) select payload ->> 'dispatchId' as id from due`,
      [TELLING_MOVED],
    );
    for (const { id } of rows) await this.writer.moved(BANK, id);
  }

  /** Templates for the decision and for a longer term, and who writes. */
  async furnish(): Promise<void> {
    const [author, approver] = [
      principal('complaint-supervisor', { subject: 'author' }),
      principal('complaint-supervisor', { subject: 'approver' }),
    ];
    await this.templates.set(author, {
      bankName: '一家银行',
      bankAddress: '哈尔滨市某街1号',
      bankContact: '95588',
      unreachableTries: 3,
      unreachableDays: 2,
      unreachableForms: 2,
    });
    for (const request of [DECISION_LETTER, EXTENSION_LETTER]) {
      const { kind, version } = await this.templates.create(author, request, null);
      await this.templates.approve(approver, { kind, version: String(version) }, null);
    }
  }
}

/** How a request came. */
export const askedOf = (complaintId: string, by: Principal = handler, idempotency: IdempotentRequest | null = null): Asked => ({
  principal: by,
  complaintId,
  idempotency,
  requestId: 'request-1',
  language: 'en',
});

export const DECISION_LETTER: TemplateRequest = {
  kind: 'decision',
  titleZh: '投诉处理决定告知书',
  blocksZh: [
    { kind: 'opening', text: '{{complainantName}}：您于{{receivedOn}}提出的投诉（{{complaintNumber}}）已处理完毕。' },
    { kind: 'facts', text: '经核查：{{facts}}' },
    { kind: 'basis', text: '依据：{{basis}}' },
    { kind: 'reasons', text: '理由：{{reasons}}' },
    { kind: 'outcome', text: '{{outcome}}。处理：{{remedy}}。' },
    { kind: 'remedies', text: '如有异议，您可以向我行申请核查，也可以申请调解、仲裁或者向人民法院提起诉讼。联系方式：{{bankContact}}。' },
    { kind: 'signature', text: '{{bankName}}' },
  ],
  smsZh: '{{bankName}}：投诉{{complaintNumber}}已有处理决定：{{outcome}}，{{remedy}}。可申请核查、调解、仲裁或诉讼，详询{{bankContact}}。',
};
const EXTENSION_LETTER: TemplateRequest = {
  kind: 'term-extended',
  titleZh: '延期告知书',
  blocksZh: [
    { kind: 'text', text: '{{complainantName}}：因{{reason}}，您的投诉将于{{dueOn}}前办结。' },
    { kind: 'signature', text: '{{bankName}}' },
  ],
  smsZh: '{{bankName}}：因{{reason}}，投诉{{complaintNumber}}将于{{dueOn}}前办结。',
};

/** A draft that says what a decision must. */
export const draftOf = (more: Partial<DecisionDraftRequest> = {}): DecisionDraftRequest => ({
  outcome: 'upheld',
  facts: '二十三时确有一通来电。',
  basis: [{ kind: 'article', ref: 'HLJ 20' }],
  reasons: '夜间不得催收。',
  remedyKinds: ['contact-stopped'],
  apology: true,
  remediesOpen: ['review', 'mediation', 'arbitration', 'court'],
  ...more,
});
