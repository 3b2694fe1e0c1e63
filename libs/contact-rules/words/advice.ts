import { text, type Text } from './text.ts';

/** What someone who is collected from can do; not a rule of a pack, but the ways that the law gives. */
export interface Advice {
  readonly title: Text;
  readonly says: Text;
}

const china: readonly Advice[] = [
  {
    title: text('投诉', 'Complain'),
    says: text(
      '认为催收违反上面任何一条的，可以向发卡银行投诉：客服电话、网点、信函或电子邮件都可以。请尽量写明时间、号码和对方的说法，并保留通话记录、短信等材料。银行应当自收到投诉之日起 15 日内作出决定并告诉您；情况复杂的延长到 30 日，特殊情况经批准最长 60 日，并会告诉您。有关催收的投诉办结之前，被投诉范围内的联系会暂停。',
      'If collection breaks any of these rules, complain to the bank that issued the card: by telephone, at a branch, by letter or by e-mail. Say when it was, from which number, and what was said, and keep call records and messages. The bank decides and tells you within 15 days of receiving the complaint; within 30 where it is complicated, and at most 60 in special cases, of which you are told. Until a complaint about collection is closed, contact in its scope is held.',
    ),
  },
  {
    title: text('不服处理决定', 'If you disagree with the decision'),
    says: text(
      '可以自收到处理决定之日起 30 日内，书面向作出决定的银行的上级机构申请核查；也可以申请调解、依约申请仲裁，或者向人民法院起诉。',
      'Within 30 days of receiving it you can ask the superior of the branch that decided, in writing, to review it. You can also ask for mediation, go to arbitration where that was agreed, or go to court.',
    ),
  },
  {
    title: text('对欠款有异议', 'Object to the debt'),
    says: text(
      '认为金额不对、不是您的欠款或已经还清的，请告诉银行并提供材料。核实完毕之前不会催收。',
      'If the amount is wrong, the debt is not yours, or you have paid, tell the bank and show what you have. Nobody collects until it has been checked.',
    ),
  },
  {
    title: text('暂时还不上', 'If you cannot pay now'),
    says: text(
      '欠款超出还款能力、但仍愿意还款的，可以与银行协商个性化分期还款协议，最长 5 年；按约履行期间不催收。',
      'If the debt is more than you can pay but you are willing to, you can agree a repayment plan with the bank, of five years at most; while you keep it nobody collects.',
    ),
  },
  {
    title: text('同意与撤回', 'Agree, and take it back'),
    says: text(
      '您可以同意在其他时间或以其他方式联系，例如下班以后。同意由您决定，随时可以撤回，撤回立即生效。',
      'You can agree to be contacted at other times or in other ways, such as after work. It is your choice; you can take it back at any time, and that works at once.',
    ),
  },
  {
    title: text('拒绝某种联系方式', 'Opt out of a channel or number'),
    says: text(
      '不希望再通过某个号码、短信、电子邮件等方式被联系的，告诉联系您的人或银行客服即可。',
      'If you no longer want to be contacted at a number, by text, e-mail or otherwise, tell the person who contacts you or the bank’s customer service.',
    ),
  },
  {
    title: text('核实对方身份', 'Check who is calling'),
    says: text(
      '可以询问来电人的姓名和所属机构，再拨打银行卡背面的客服电话核实该机构是否受银行委托。银行公布其委托的催收机构名单和联系方式。核实之前不要转账。',
      'Ask for the name and the agency, then call the number on the back of your card and ask whether that agency works for the bank. Banks publish the agencies that they use and how to reach them. Do not send money before you know.',
    ),
  },
  {
    title: text('联系了您的家人、朋友', 'If family or friends were contacted'),
    says: text(
      '任何人都不得向不欠款的人催收。接到电话的家人、朋友可以要求不再联系，之后不应再被联系；您也可以就此投诉。',
      'Nobody may collect from someone who does not owe. Family or friends who were called can ask to be left alone, and should be from then on; you can complain about it, too.',
    ),
  },
];

const unitedStates: readonly Advice[] = [
  {
    title: text('投诉', 'Complain'),
    says: text(
      '可以向美国消费者金融保护局（CFPB，consumerfinance.gov/complaint）或您所在州的总检察长投诉，也可以直接向催收人投诉。',
      'You can complain to the Consumer Financial Protection Bureau (consumerfinance.gov/complaint) or your state’s attorney general, or to the collector itself.',
    ),
  },
  {
    title: text('对债务提出异议', 'Dispute the debt'),
    says: text(
      '收到债务核实信息后 30 日内，可以书面对债务提出异议或要求提供原债权人信息；催收人答复之前须停止催收有争议的部分（12 CFR 1006.34、1006.38）。',
      'Within 30 days of receiving the validation information you can dispute the debt, or ask who the original creditor was, in writing; the collector must stop collecting what you dispute until it has answered (12 CFR 1006.34, 1006.38).',
    ),
  },
  {
    title: text('要求停止联系', 'Ask for contact to stop'),
    says: text(
      '书面告诉催收人不再联系您，对方即须停止，只能再告知您法律允许的少数事项（12 CFR 1006.6(c)）。',
      'Tell the collector in writing to stop contacting you; after that it may only tell you a few things that the law allows (12 CFR 1006.6(c)).',
    ),
  },
  {
    title: text('拒绝某种联系方式', 'Opt out of a channel'),
    says: text(
      '可以要求不再通过某一联系方式联系您，例如电话；短信和电子邮件须写明简便的退订方法（12 CFR 1006.14(h)、1006.6(e)）。不方便的时间和地点也可以告诉对方。',
      'You can ask not to be contacted in some way, such as by telephone; texts and e-mails must say how to opt out simply (12 CFR 1006.14(h), 1006.6(e)). You can also say which times and places are inconvenient.',
    ),
  },
  {
    title: text('同意', 'Agree'),
    says: text(
      '您直接给催收人的同意可以放宽通话次数，但最多在 7 天内有效，从作出同意的当天算起（12 CFR 1006.14(b)(3)）。',
      'A consent that you give to the collector directly can lift the limits on calls, for at most 7 days, the day you gave it included (12 CFR 1006.14(b)(3)).',
    ),
  },
];

const india: readonly Advice[] = [
  {
    title: text('投诉', 'Complain'),
    says: text(
      '先向银行的投诉部门（Grievance Redressal Officer）投诉；30 日内没有答复或不满意的，可以向印度储备银行监察专员投诉（cms.rbi.org.in）。',
      'Complain to the lender’s grievance redressal officer first. If there is no answer within 30 days, or you are not satisfied, go to the Reserve Bank’s Ombudsman (cms.rbi.org.in).',
    ),
  },
  {
    title: text('核实身份', 'Check who it is'),
    says: text(
      '催收代理人应当说明身份并出示银行的授权；可以向银行核实。',
      'A recovery agent should say who they are and show the bank’s authorisation; ask the bank whether it is so.',
    ),
  },
];

const japan: readonly Advice[] = [
  {
    title: text('投诉', 'Complain'),
    says: text(
      '可以向贷款公司投诉，也可以向日本贷金业协会的咨询与纠纷解决中心（貸金業相談・紛争解決センター）或登记该公司的财务局、都道府县咨询。',
      'Complain to the lender, or to the counselling and dispute resolution centre of the Japan Financial Services Association (貸金業相談・紛争解決センター), or to the finance bureau or prefecture that registered the lender.',
    ),
  },
  {
    title: text('委托律师', 'Ask a lawyer'),
    says: text(
      '书面通知对方您已委托律师或司法书士处理后，对方无正当理由不得再直接向您催收。',
      'Once the lender has been told in writing that a lawyer or judicial scrivener handles the debt, it may not collect from you directly without good reason.',
    ),
  },
];

const byCountry: Readonly<Record<string, readonly Advice[]>> = { cn: china, us: unitedStates, in: india, jp: japan };

/** By the country that a pack's name begins with; Chinese ways for what is none of these, such as an institution's own rules. */
export const adviceOf = (pack: string): readonly Advice[] => byCountry[pack.slice(0, pack.indexOf('-'))] ?? china;
