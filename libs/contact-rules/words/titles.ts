import type { PackRow } from '../pack.ts';
import { text, type Text } from './text.ts';

/** What each rule of the packs is called, for people. */
const titles: Readonly<Record<string, Text>> = {
  'case-open': text('只催收在催案件', 'Only an open, overdue case is collected'),
  'plan-active': text('履行分期还款协议期间不催收', 'No collection while a repayment plan is kept'),
  'objection-open': text('异议核实期间不催收', 'No collection while an objection is unverified'),
  'complaint-hold': text('投诉办理期间暂停联系', 'Contact is held while a complaint is open'),
  cease: text('要求停止联系', 'A request to cease contact'),
  'legal-rep': text('已委托代理人', 'Contact goes to the representative'),
  deceased: text('债务人去世', 'The debtor has died'),
  incapacity: text('债务人丧失民事行为能力', 'The debtor lacks legal capacity'),
  insolvency: text('债务人进入破产程序', 'Insolvency proceedings'),
  'party-target': text('不向第三人催收', 'No collection from third parties'),
  'party-lost': text('债务人失联时才可询问第三人', 'A third party is asked only when the debtor is lost'),
  'party-stop': text('第三人要求停止后不再联系', 'A third party who said stop is left alone'),
  'quiet-hours': text('禁止联系的时段', 'Quiet hours'),
  'opt-out': text('拒绝某一联系方式', 'Opting out of a channel or number'),
  'point-source': text('联系方式来源合法、有效', 'Contact points from a lawful source'),
  'attempts-per-point': text('同一号码的未接通次数', 'Unanswered calls to one number'),
  'informational-per-debtor': text('告知类电话的接通次数', 'Connected informational calls'),
  'conversations-per-debtor': text('通话沟通的次数', 'Conversations'),
  burst: text('短时间内反复拨打', 'Calls in quick succession'),
  'visit-team': text('上门人数', 'Size of a visiting team'),
  'visit-per-day': text('上门次数', 'Visits in a day'),
  'agency-standing': text('外部机构的资格与委托', 'Standing of the agency'),
  'agency-evaluated': text('外部机构的年度评估', 'Yearly evaluation of the agency'),
  'collector-fit': text('催收人员登记与培训', 'Registered and trained collectors'),
  'device-registered': text('使用登记的工作设备', 'Registered work devices'),
  'referral-notice': text('委托外部机构须先告知', 'Notice of the referral to an agency'),
  'content-approved': text('内容经批准并通过筛查', 'Approved and screened content'),
  'seven-in-seven': text('七日七次', 'Seven calls in seven days'),
  'cool-down': text('通话后的间隔', 'Pause after a conversation'),
};

/** What a row is called that has no name of its own. */
const kindTitles: Readonly<Record<PackRow['kind'], Text>> = {
  standing: text('案件状态', 'State of the case'),
  hold: text('暂停联系', 'Hold'),
  'third-party': text('第三人', 'Third parties'),
  'time-window': text('禁止联系的时段', 'Quiet hours'),
  preference: text('当事人的选择', 'Preference of the party'),
  'contact-point': text('联系方式的来源', 'Source of contact points'),
  counter: text('联系次数上限', 'Cap on contacts'),
  visit: text('上门', 'Visits'),
  agency: text('外部机构', 'Agency'),
  device: text('工作设备', 'Work devices'),
  content: text('内容', 'Content'),
  calendar: text('不联系的日期', 'Days without contact'),
};

/** The name of a rule that the packs have; null for others, such as an institution's own. */
export const titleOf = (ruleId: string): Text | null => titles[ruleId] ?? null;

export const titleOfKind = (kind: PackRow['kind']): Text => kindTitles[kind];

/** Every kind of rule. */
export const KINDS: readonly string[] = Object.keys(kindTitles);

export const isKind = (kind: string): kind is PackRow['kind'] => Object.hasOwn(kindTitles, kind);
