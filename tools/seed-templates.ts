import type { Principal } from '#auth';
import type { MessageService } from '../apps/collections/src/message/message.service.ts';
import type { TemplateRequest } from '../apps/collections/src/message/message.dto.ts';
import { institutionId } from './make-data/index.ts';

const reminder: TemplateRequest = {
  templateId: 'sms-reminder',
  channel: 'sms',
  title: '还款提醒短信',
  text: '【演示银行】{{debtorName}}您好，您的信用卡（{{product}}）欠款{{balance}}元，请于{{payBy}}前还款。如有疑问或困难，请致电{{bankContact}}。',
};
const templates: readonly TemplateRequest[] = [
  reminder,
  {
    templateId: 'sms-reminder-en',
    channel: 'sms',
    title: 'Payment reminder by text message',
    text: '[Demo Bank] Dear {{debtorName}}, {{balance}} {{currency}} is due on your {{product}}. Please pay by {{payBy}}. Questions or difficulties? Call {{bankContact}}.',
  },
  {
    templateId: 'email-reminder',
    channel: 'email',
    title: '还款提醒邮件',
    text: '{{debtorName}}您好：\n您在演示银行的信用卡（{{product}}）自{{overdueSince}}起逾期，目前欠款{{balance}}{{currency}}。\n如需协商还款安排、核对账目或提出异议，请联系{{bankContact}}。',
  },
  {
    templateId: 'sms-due',
    channel: 'sms',
    title: '到期提醒短信',
    text: '【演示银行】{{debtorName}}您好，您的信用卡账单{{amountDue}}元将于{{dueOn}}到期，请留意安排。咨询请致电{{bankContact}}。',
  },
  {
    templateId: 'email-due',
    channel: 'email',
    title: '账单到期提醒',
    text: '{{debtorName}}您好：\n您的信用卡账单{{amountDue}}元将于{{dueOn}}到期，请留意安排。\n咨询请致电{{bankContact}}。',
  },
  {
    templateId: 'letter-notice',
    channel: 'letter',
    title: '信用卡欠款告知函',
    blocks: [
      {
        kind: 'name-and-balance',
        text: '{{debtorName}}：您在{{bankName}}的信用卡（借据{{debtId}}）截至本函日期欠款{{balance}}{{currency}}，自{{overdueSince}}起逾期。',
      },
      { kind: 'reason-and-basis', text: '依据您签署的信用卡领用合约及《商业银行信用卡业务监督管理办法》，特此函告上述欠款情况。' },
      { kind: 'rights-and-duties', text: '您有权了解账户的详细情况，也有权与我行协商还款安排；同时负有按约归还欠款的义务。' },
      { kind: 'query', text: '您可以通过手机银行、网上银行或任一网点查询账单与账户状态。' },
      {
        kind: 'objection',
        text: '如您对上述欠款有异议，可以自收到本函之日起向我行书面或电话提出，我行核实期间不再就有异议的款项与您联系。',
      },
      { kind: 'evidence', text: '提出异议时，请通过来函、电子邮件或到网点提交相关凭证或证据材料，我行将出具回执。' },
      { kind: 'bank-contact', text: '我行联系方式：{{bankContact}}。' },
      { kind: 'seal', text: '{{bankName}}' },
    ],
  },
];

const person = (subject: string): Principal => ({ subject, clientId: null, institutionId, agencyId: null, roles: ['compliance'] });

/** The demo's templates, each approved by a second person; and one version that waits for it. Made once. */
export async function seedTemplates(messages: MessageService): Promise<number> {
  const [author, approver] = [person('seed'), person('seed-approver')];
  const known = new Set((await messages.list(author, { limit: 200 })).items.map(({ templateId }) => templateId));
  const missing = templates.filter(({ templateId }) => !known.has(templateId));
  for (const template of missing) {
    const { templateId, version } = await messages.create(author, template, null);
    await messages.approve(approver, { templateId, version: String(version) }, null);
  }
  if (missing.includes(reminder)) await messages.create(author, { ...reminder, text: `${reminder.text}回复T退订。` }, null);
  return missing.length;
}
