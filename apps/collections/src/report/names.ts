import type { Words } from '#render';

/** Words and id of what the rows name by its id. */
const withId = ({ zh, en }: Words, id: string): Words => (zh === id ? { zh, en } : { zh: `${zh}（${id}）`, en: `${en} (${id})` });

export const rules: Readonly<Record<string, Words>> = {
  'case-open': { zh: '案件不在催收状态', en: 'Case not open' },
  'plan-active': { zh: '分期还款协议履行中', en: 'Repayment plan being kept' },
  'objection-open': { zh: '异议尚未核实', en: 'Objection not verified' },
  'complaint-hold': { zh: '投诉未办结', en: 'Open complaint about collection' },
  cease: { zh: '债务人要求停止联系', en: 'Debtor asked to cease' },
  'legal-rep': { zh: '已委托代理人', en: 'Debtor is represented' },
  deceased: { zh: '债务人已去世', en: 'Debtor has died' },
  incapacity: { zh: '丧失民事行为能力', en: 'Debtor lacks capacity' },
  insolvency: { zh: '破产程序中', en: 'Insolvency proceedings' },
  'party-target': { zh: '向第三人催收', en: 'Collection from a third party' },
  'party-lost': { zh: '债务人并未失联', en: 'Debtor is not lost' },
  'party-stop': { zh: '第三人要求停止联系', en: 'Third party asked to stop' },
  'quiet-hours': { zh: '禁止时段', en: 'Quiet hours' },
  'opt-out': { zh: '拒收该渠道', en: 'Opted out' },
  'point-source': { zh: '联系方式来源不合规', en: 'Contact point without lawful source' },
  'attempts-per-point': { zh: '同一号码未接通次数上限', en: 'Unanswered calls to one number' },
  'informational-per-debtor': { zh: '告知类电话次数上限', en: 'Informational calls to a debtor' },
  'conversations-per-debtor': { zh: '通话沟通次数上限', en: 'Conversations with a debtor' },
  burst: { zh: '一小时内拨打次数上限', en: 'Calls within an hour' },
  'visit-team': { zh: '上门人数不足', en: 'Visit team too small' },
  'missing-fact': { zh: '缺少判断所需的事实', en: 'A fact is missing' },
};

/** Words for the codes of a column, as reports say them. */
export const channels: Readonly<Record<string, Words>> = {
  voice: { zh: '电话', en: 'Voice' },
  sms: { zh: '短信', en: 'SMS' },
  email: { zh: '电子邮件', en: 'E-mail' },
  im: { zh: '即时通讯', en: 'Instant message' },
  letter: { zh: '信函', en: 'Letter' },
  visit: { zh: '上门', en: 'Visit' },
};

export const results: Readonly<Record<string, Words>> = {
  busy: { zh: '占线', en: 'Busy' },
  'invalid-number': { zh: '号码无效', en: 'Invalid number' },
  'not-in-service': { zh: '停机或空号', en: 'Not in service' },
  'no-answer': { zh: '无人接听', en: 'No answer' },
  voicemail: { zh: '语音信箱', en: 'Voicemail' },
  answered: { zh: '接通未有效沟通', en: 'Answered' },
  conversation: { zh: '有效沟通', en: 'Conversation' },
  delivered: { zh: '已送达', en: 'Delivered' },
  failed: { zh: '未送达', en: 'Failed' },
  refused: { zh: '对方要求停止', en: 'Asked to stop' },
  cancelled: { zh: '未实施', en: 'Cancelled' },
};

export const verdicts: Readonly<Record<string, Words>> = {
  permitted: { zh: '许可', en: 'Permitted' },
  refused: { zh: '拒绝', en: 'Refused' },
};

export const roles: Readonly<Record<string, Words>> = {
  debtor: { zh: '债务人', en: 'Debtor' },
  'co-debtor': { zh: '共同债务人', en: 'Co-debtor' },
  guarantor: { zh: '担保人', en: 'Guarantor' },
  related: { zh: '关系人', en: 'Related person' },
  unrelated: { zh: '无关第三人', en: 'Unrelated person' },
  representative: { zh: '代理人', en: 'Representative' },
};

export const purposes: Readonly<Record<string, Words>> = {
  collect: { zh: '催收', en: 'Collect' },
  locate: { zh: '查找', en: 'Locate' },
  relay: { zh: '转告', en: 'Relay' },
  remind: { zh: '提醒', en: 'Remind' },
};

export const standings: Readonly<Record<string, Words>> = {
  candidate: { zh: '候选', en: 'Candidate' },
  approved: { zh: '已准入', en: 'Approved' },
  active: { zh: '在用', en: 'Active' },
  suspended: { zh: '暂停', en: 'Suspended' },
  exited: { zh: '已退出', en: 'Exited' },
};
export const steps: Readonly<Record<string, Words>> = {
  talk: { zh: '约谈', en: 'Talk' },
  'warning-letter': { zh: '警示函', en: 'Warning letter' },
  'forced-training': { zh: '强制培训', en: 'Training ordered' },
  circular: { zh: '通报', en: 'Circular' },
  'public-blame': { zh: '公开谴责', en: 'Public blame' },
  'rights-suspended': { zh: '暂停权利', en: 'Rights suspended' },
  expulsion: { zh: '清退', en: 'Expulsion' },
  'regulator-report': { zh: '报告监管', en: 'Reported to the regulator' },
};

export const yesNo: Readonly<Record<string, Words>> = { yes: { zh: '是', en: 'yes' }, no: { zh: '否', en: 'no' } };

const consents: Readonly<Record<string, Words>> = {
  'out-of-hours': { zh: '非常规时段联系', en: 'Contact out of hours' },
  frequency: { zh: '联系频次', en: 'Frequency' },
  channel: { zh: '联系渠道', en: 'Channel' },
  device: { zh: '非登记设备', en: 'Device that is not registered' },
};

const calls: Readonly<Record<string, Words>> = {
  'no-permit': { zh: '有通话无许可', en: 'Call without a permit' },
  'outside-permit': { zh: '通话不在许可时间内', en: 'Call outside the time of its permit' },
  'other-number': { zh: '拨打号码与许可不符', en: 'Call to another number than permitted' },
  'outcome-missing': { zh: '有通话未登记结果', en: 'Call without an outcome' },
  'outcome-differs': { zh: '登记结果与话单不符', en: 'Outcome differs from the call record' },
};

const named = (names: Readonly<Record<string, Words>>, id: string): Words => names[id] ?? { zh: id, en: id };

/** What people call a rule, or what call records are found to say, with its id, which the rows have. */
export const ruleName = (id: string): Words => withId(rules[id] ?? calls[id] ?? { zh: id, en: id }, id);

export const consentName = (id: string): Words => withId(named(consents, id), id);
export const channelName = (id: string): Words => named(channels, id);
export const resultName = (id: string): Words => named(results, id);
export const BANK: Words = { zh: '本行', en: 'The institution itself' };
const UNKNOWN: Words = { zh: '不详（旧回溯审查）', en: 'Not known (an older look-back)' };

// Ids of agencies have no brackets.
export const OWN = '(own)';

/** By the id that groups are counted under. */
export const agencyName = (id: string): Words => (id === OWN ? BANK : id === '(unknown)' ? UNKNOWN : { zh: id, en: id });
