// Letters of the demo institution, a decision that waits for approval, one that was told by text message, and somebody who cannot be reached.
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { inTransaction } from '#pg';
import { DecisionService } from '../apps/complaints/src/decision/decision.service.ts';
import type { DecisionDraftRequest } from '../apps/complaints/src/decision/decision.dto.ts';
import { DirectDecisionService } from '../apps/complaints/src/decision/direct.service.ts';
import type { TemplateRequest } from '../apps/complaints/src/letter-template/template.dto.ts';
import { TemplateService } from '../apps/complaints/src/letter-template/template.service.ts';
import { TellingService } from '../apps/complaints/src/telling/telling.service.ts';
import { WaiverService } from '../apps/complaints/src/telling/waiver.service.ts';
import { institutionId } from './make-data/index.ts';
import { dayIn, once, person } from './seed-people.ts';

const HOUR_MS = 3_600_000;
const REQUEST = 'seed';
const HANDLER = person('demo-desk', 'complaint-handler');
const SUPERVISOR = person('demo-supervisor', 'complaint-supervisor');

const SIGNATURE = { kind: 'signature', text: '{{bankName}}' } as const;
const letter = (kind: TemplateRequest['kind'], titleZh: string, text: string, smsZh: string): TemplateRequest => ({
  kind,
  titleZh,
  blocksZh: [{ kind: 'text', text: `{{complainantName}}：${text}` }, SIGNATURE],
  smsZh: `{{bankName}}：${smsZh}`,
});

const LETTERS: readonly TemplateRequest[] = [
  {
    kind: 'decision',
    titleZh: '消费投诉处理决定告知书',
    blocksZh: [
      {
        kind: 'opening',
        text: '{{complainantName}}：您于{{receivedOn}}向我行提出的投诉（编号{{complaintNumber}}），我行已处理完毕，现告知如下。',
      },
      { kind: 'facts', text: '一、核查的事实：{{facts}}' },
      { kind: 'basis', text: '二、处理依据：{{basis}}' },
      { kind: 'reasons', text: '三、理由：{{reasons}}' },
      { kind: 'outcome', text: '四、处理决定：{{outcome}}。{{remedy}}。' },
      {
        kind: 'remedies',
        text: '五、如对本决定有异议，您可以自收到之日起三十日内向我行上级机构申请核查，也可以向金融纠纷调解组织申请调解，或者依法申请仲裁、向人民法院提起诉讼。联系方式：{{bankContact}}。',
      },
      SIGNATURE,
    ],
    smsZh:
      '{{bankName}}：投诉{{complaintNumber}}已有处理决定：{{outcome}}。{{remedy}}。如有异议可申请核查、调解、仲裁或诉讼，详询{{bankContact}}。',
    titleEn: 'Decision on your complaint',
    blocksEn: [
      { kind: 'opening', text: '{{complainantName}}, your complaint {{complaintNumber}} of {{receivedOn}} has been decided.' },
      { kind: 'facts', text: 'Facts verified: {{facts}}' },
      { kind: 'basis', text: 'Basis: {{basis}}' },
      { kind: 'reasons', text: 'Reasons: {{reasons}}' },
      { kind: 'outcome', text: '{{outcome}}; {{remedy}}.' },
      {
        kind: 'remedies',
        text: 'You may ask our superior institution for a review within thirty days, apply for mediation or arbitration, or go to court. Contact: {{bankContact}}.',
      },
      SIGNATURE,
    ],
    smsEn:
      '{{bankName}}: complaint {{complaintNumber}} is decided: {{outcome}}; {{remedy}}. Review, mediation, arbitration and court are open to you: {{bankContact}}.',
  },
  letter(
    'acknowledgement',
    '投诉受理告知书',
    '我行已于{{receivedOn}}收到您的投诉（编号{{complaintNumber}}），将于{{dueOn}}前处理完毕。',
    '已收到您的投诉{{complaintNumber}}，将于{{dueOn}}前处理完毕。',
  ),
  letter(
    'term-extended',
    '延长处理期限告知书',
    '因{{reason}}，您的投诉（编号{{complaintNumber}}）将延长至{{dueOn}}前处理完毕。',
    '因{{reason}}，投诉{{complaintNumber}}将延长至{{dueOn}}前处理完毕。',
  ),
  letter(
    'pause-told',
    '中止计算期限告知书',
    '因{{reason}}，您的投诉（编号{{complaintNumber}}）自{{today}}起中止计算处理期限。',
    '因{{reason}}，投诉{{complaintNumber}}自{{today}}起中止计算期限。',
  ),
  letter(
    'documents-requested',
    '补充材料告知书',
    '为核实您的投诉（编号{{complaintNumber}}），请于{{answerBy}}前提供：{{documents}}。',
    '为核实投诉{{complaintNumber}}，请于{{answerBy}}前提供：{{documents}}。',
  ),
  letter(
    'closing',
    '投诉办结告知书',
    '您的投诉（编号{{complaintNumber}}）已办结，感谢您的监督。',
    '投诉{{complaintNumber}}已办结，感谢您的监督。',
  ),
];

const DRAFT: DecisionDraftRequest = {
  outcome: 'partly-upheld',
  facts: '经调取账单与通话录音，违约金因系统参数错误重复计收两次，其余费用与合约一致。',
  basis: [
    { kind: 'article', ref: '商业银行信用卡业务监督管理办法' },
    { kind: 'clause', ref: '信用卡领用合约 第九条' },
  ],
  reasons: '重复计收的部分没有合约依据，应予退还；其余部分计收准确。',
  remedyKinds: ['refund', 'correction'],
  money: { amount: '1860.00', currency: 'CNY' },
  remedyBy: dayIn(7),
  apology: true,
  remediesOpen: ['review', 'mediation', 'arbitration', 'court'],
};

const asked = (principal: Principal, complaintId: string, what: string) => ({
  principal,
  complaintId,
  idempotency: once(`decision/${what}`),
  requestId: REQUEST,
  language: 'zh' as const,
});

async function seedLetters(app: INestApplicationContext): Promise<void> {
  const templates = app.get(TemplateService, { strict: false });
  await templates.set(SUPERVISOR, {
    bankName: '示范银行信用卡中心',
    bankAddress: '北江市示范路88号',
    bankContact: '026-5550 0000',
    unreachableTries: 3,
    unreachableDays: 2,
    unreachableForms: 2,
  });
  for (const request of LETTERS) {
    const { kind, version } = await templates.create(HANDLER, request, once(`decision/template-${request.kind}`));
    await templates.approve(SUPERVISOR, { kind, version: String(version) }, once(`decision/approved-${request.kind}`));
  }
}

/** Handled by the demo's handler, received some days ago and not decided. */
const candidates = (app: INestApplicationContext): Promise<{ readonly id: string }[]> =>
  inTransaction(app.get(DataSource), { institutionId }, (tx) =>
    tx.query<{ id: string }>(
      `select id from complaint where institution_id = $1 and closed_at is null and decided_at is null and state = 'running' and handler = $2 and contact_sealed is not null
         and received_at < clock_timestamp() - interval '5 days' and due_at > clock_timestamp() + interval '2 days' and group_size < 20 order by id limit 3`,
      [institutionId, HANDLER.subject],
    ),
  );

/** Somebody who is looked for in vain: the tries are of the last days. */
async function seedUnreachable(app: INestApplicationContext, id: string, now: Date): Promise<void> {
  const before = (hours: number): string => new Date(now.getTime() - hours * HOUR_MS).toISOString();
  const tellings = app.get(TellingService, { strict: false });
  const text = '经核实，来电时段符合约定，话术无不当，投诉不成立。如有异议可申请核查、调解、仲裁或诉讼。';
  await app
    .get(DirectDecisionService, { strict: false })
    .record(asked(HANDLER, id, 'unreachable'), { outcome: 'not-upheld', text, at: before(72) });
  await tellings.tried(asked(HANDLER, id, 'try-1'), { form: 'phone', at: before(60), result: 'no-answer' });
  await tellings.tried(asked(HANDLER, id, 'try-2'), { form: 'phone', at: before(36), result: 'not-in-service' });
  await tellings.tried(asked(HANDLER, id, 'try-3'), { form: 'visit', at: before(12), result: 'away', note: '物业称已搬离。' });
  await app.get(WaiverService, { strict: false }).ask(asked(HANDLER, id, 'waiver'), { reason: '电话停用，登记住址已搬离，三次联系无果。' });
}

/** Repeating it changes nothing. */
export async function seedDecision(app: INestApplicationContext, now: Date): Promise<void> {
  // Keys are forgotten after a week: what is there is not made again.
  if ((await app.get(TemplateService, { strict: false }).list(SUPERVISOR, null)).items.length > 0) return;
  await seedLetters(app);
  const decisions = app.get(DecisionService, { strict: false });
  const [waiting, told, away] = await candidates(app);
  if (waiting) {
    await decisions.draft(asked(HANDLER, waiting.id, 'draft'), DRAFT);
    await decisions.submit(asked(HANDLER, waiting.id, 'submission'), '1');
  }
  if (told) {
    await decisions.draft(asked(HANDLER, told.id, 'told-draft'), { ...DRAFT, money: { amount: '120.00', currency: 'CNY' } });
    await decisions.submit(asked(HANDLER, told.id, 'told-submission'), '1');
    await app.get(TellingService, { strict: false }).tell(asked(HANDLER, told.id, 'told'), { about: 'decision', form: 'sms' });
  }
  if (away) await seedUnreachable(app, away.id, now);
}
