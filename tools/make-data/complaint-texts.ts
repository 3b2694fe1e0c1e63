import type { Chance } from './chance.ts';

/** What people complain of, as a desk would write it down. `{...}` is filled in. */
export interface Scenario {
  readonly category: string;
  readonly subject: string;
  readonly narrative: string;
  readonly requests: readonly string[];
}

/** About collection; these may name an agency. */
export const collectionScenarios: readonly Scenario[] = [
  {
    category: 'collection-hours',
    subject: '夜间接到催收电话',
    narrative: '投诉人称 {day} 晚间 22 时以后连续接到催收来电 {n} 次，要求说明依据。经查来电录音待调取。',
    requests: ['停止夜间来电', '书面答复'],
  },
  {
    category: 'collection-frequency',
    subject: '一天内反复拨打催收电话',
    narrative: '投诉人反映 {day} 当天上午至下午接到催收电话 {n} 次，影响工作，已截图通话记录。',
    requests: ['减少拨打频次', '对相关人员进行教育'],
  },
  {
    category: 'collection-third-party',
    subject: '催收人员联系了投诉人的同事',
    narrative: '投诉人称催收人员于 {day} 拨打其单位电话，向同事透露欠款情况，认为侵犯隐私。',
    requests: ['停止联系无关第三人', '赔礼道歉'],
  },
  {
    category: 'collection-conduct',
    subject: '催收人员言语不当',
    narrative: '投诉人称 {day} 通话中催收人员语气恶劣，并称将上门“处理”，投诉人要求调取录音核实。',
    requests: ['核实录音', '处理相关人员', '更换催收人员'],
  },
  {
    category: 'collection-amount',
    subject: '对催收金额有异议',
    narrative: '投诉人认为欠款应为 {amount} 元，催收函所列金额多出利息及费用，要求提供明细。',
    requests: ['提供欠款明细', '更正金额'],
  },
  {
    category: 'collection-privacy',
    subject: '认为催收公司泄露个人信息',
    narrative: '投诉人称 {day} 接到自称受托机构的来电，对方准确说出其住址及工作单位，要求说明信息来源。',
    requests: ['说明信息来源', '停止委外'],
  },
  {
    category: 'collection',
    subject: '申请停止催收并协商还款',
    narrative: '投诉人称因失业暂无力一次性偿还 {amount} 元，多次申请个性化分期未获答复，催收仍在继续。',
    requests: ['暂停催收', '协商个性化分期'],
  },
];

export const otherScenarios: readonly Scenario[] = [
  {
    category: 'fees',
    subject: '年费收取争议',
    narrative: '投诉人称办卡时客户经理承诺首年免年费、刷满六次免次年年费,{day} 账单仍扣收年费 {amount} 元。',
    requests: ['退还年费'],
  },
  {
    category: 'billing',
    subject: '账单分期利率说明不清',
    narrative: '投诉人称电话营销时只告知每期手续费，未说明折算年化利率，分期本金 {amount} 元，要求取消分期。',
    requests: ['取消分期', '退还手续费'],
  },
  {
    category: 'fraud',
    subject: '信用卡疑似被盗刷',
    narrative: '投诉人称 {day} 在境外商户发生 {n} 笔非本人交易，合计 {amount} 元，已报警并挂失，要求拒付。',
    requests: ['拒付争议交易', '退还资金'],
  },
  {
    category: 'marketing',
    subject: '频繁接到信用卡营销短信',
    narrative: '投诉人称已多次回复退订,{day} 以来仍收到营销短信 {n} 条。',
    requests: ['停止营销短信'],
  },
  {
    category: 'issuing',
    subject: '申请信用卡被拒未说明原因',
    narrative: '投诉人称 {day} 申请信用卡被拒，网点及客服均未说明原因，要求书面答复。',
    requests: ['说明拒绝原因'],
  },
  {
    category: 'disclosure',
    subject: '权益调整未提前告知',
    narrative: '投诉人称白金卡机场贵宾厅权益自 {day} 起减少，未收到任何公告或短信，认为属单方变更。',
    requests: ['恢复权益', '补偿积分'],
  },
  {
    category: 'service',
    subject: '客服等待时间过长、答复不一致',
    narrative: '投诉人称 {day} 致电客服热线等候 {n} 分钟，两名客服对同一问题答复不一致。',
    requests: ['统一答复口径', '致歉'],
  },
  {
    category: 'card-use',
    subject: '临时额度到期后被计收超限费',
    narrative: '投诉人称临时额度于 {day} 到期未获提醒，产生超限费及利息合计 {amount} 元。',
    requests: ['减免费用'],
  },
  {
    category: 'complaint-handling',
    subject: '上次投诉未得到答复',
    narrative: '投诉人称 {day} 就征信记录问题投诉后一直没有得到答复，要求说明处理进度。',
    requests: ['告知处理进度', '限期答复'],
  },
];

/** The scenario's text with its gaps filled. */
export function fill(text: string, chance: Chance, day: string): string {
  return text
    .replaceAll('{day}', day)
    .replaceAll('{n}', String(chance.between(3, 19)))
    .replaceAll('{amount}', `${chance.between(2, 480) * 100}.00`);
}

export const notes: Readonly<Record<string, string>> = {
  'declared-complex': '需向外包机构调取录音并比对通话记录。',
  extended: '涉及境外收单机构，须等待其书面回复。',
  'new-facts': '投诉人补充提交通话录音与聊天截图。',
  declined: '来电人非持卡人本人，亦未提供授权委托材料。',
};

export const decisions = [
  ['upheld', '经核实投诉属实，已要求受托机构整改并向投诉人致歉。如不服，可申请核查、调解、仲裁或者诉讼。'],
  ['partly-upheld', '经核实部分属实：费用计算无误，但告知不充分，予以减免。如不服，可申请核查、调解、仲裁或者诉讼。'],
  ['not-upheld', '经调取录音及交易记录，未发现违规情形，已向投诉人说明依据。如不服，可申请核查、调解、仲裁或者诉讼。'],
] as const;
