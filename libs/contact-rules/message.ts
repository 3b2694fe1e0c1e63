import type { Ban } from './content/lexicon.ts';
export type Language = 'zh' | 'en';

interface Said {
  readonly ruleId: string;
  readonly rule: string;
  readonly fact: string | null;
  readonly limit: number | null;
  readonly counted: number | null;
  readonly detail: Readonly<Record<string, string>>;
}

type Texts = Readonly<Record<Language, (said: Said) => string>>;

const why: Record<Language, Readonly<Record<string, string>>> = {
  zh: { closed: '案件已关闭', paid: '案件已结清', 'balance-zero': '欠款余额为零', 'not-overdue': '账款尚未逾期' },
  en: {
    closed: 'the case is closed',
    paid: 'the case is paid',
    'balance-zero': 'the balance is zero',
    'not-overdue': 'the debt is not overdue',
  },
};

const roles: Record<Language, Readonly<Record<string, string>>> = {
  zh: { related: '关联第三人', unrelated: '无关第三人', representative: '代理人' },
  en: { related: 'a related third party', unrelated: 'an unrelated third party', representative: 'a representative' },
};

const optedOut: Record<Language, Readonly<Record<string, string>>> = {
  zh: { all: '任何联系', channel: '以该方式联系', point: '使用该联系方式', both: '以该方式使用该联系方式' },
  en: { all: 'all contact', channel: 'this channel', point: 'this contact point', both: 'this channel at this contact point' },
};

const pointWhy: Record<Language, Readonly<Record<string, string>>> = {
  zh: { unknown: '登记中没有该联系方式', source: '该联系方式没有合法来源', invalid: '该联系方式已标记为无效' },
  en: { unknown: 'the register does not know it', source: 'it has no lawful source', invalid: 'it is marked invalid' },
};

type Detail = Readonly<Record<string, string>>;
type Why = Readonly<Record<Language, (detail: Detail) => string>>;

const pick = (words: Readonly<Record<string, string>>, { why: code = '' }: Detail, otherwise: string): string => words[code] ?? otherwise;

const agencyWhy: Why = {
  zh: (detail) =>
    pick(
      {
        status: `其状态为“${{ candidate: '候选', approved: '已准入、未启用', suspended: '暂停合作', exited: '已退出' }[detail['status'] ?? ''] ?? detail['status']}”`,
        published: '其不在公示名单内',
        'no-contract': '没有委托合同',
        'contract-later': `委托合同自 ${detail['date']} 起生效`,
        'contract-over': `委托合同已于 ${detail['date']} 到期`,
        entrusted: '本案未委托给该机构',
      },
      detail,
      '其不具备资格',
    ),
  en: (detail) =>
    pick(
      {
        status: `its status is "${detail['status']}"`,
        published: 'it is not on the published list',
        'no-contract': 'there is no contract with it',
        'contract-later': `its contract begins on ${detail['date']}`,
        'contract-over': `its contract ended on ${detail['date']}`,
        entrusted: 'the case is not entrusted to it',
      },
      detail,
      'it is not in good standing',
    ),
};

const collectorWhy: Why = {
  zh: (detail) =>
    pick(
      { unregistered: '未在该机构登记', certificate: '没有培训合格证', expired: `的培训合格证已于 ${detail['date']} 到期` },
      detail,
      '不符合要求',
    ),
  en: (detail) =>
    pick(
      {
        unregistered: 'is not registered with this agency',
        certificate: 'has no training certificate',
        expired: `has a training certificate that ended on ${detail['date']}`,
      },
      detail,
      'is not fit',
    ),
};

const bans: Record<Language, Readonly<Record<string, string>>> = {
  zh: {
    'posing-authority': '冒充司法或行政机关',
    'posing-bank': '冒充银行',
    threat: '威胁或侮辱',
    exposure: '向他人泄露或扬言泄露',
    blacklist: '虚构黑名单或惩戒',
    amount: '金额与账面欠款不符',
    'legal-consequence': '虚构法律后果',
    'extra-fees': '收取额外费用',
    'new-borrowing': '诱导新的借款',
  },
  en: {
    'posing-authority': 'posing as an authority',
    'posing-bank': 'posing as the bank',
    threat: 'threats or insults',
    exposure: 'exposure to others',
    blacklist: 'made-up lists or sanctions',
    amount: "an amount that is not the ledger's",
    'legal-consequence': 'invented legal consequences',
    'extra-fees': 'extra fees',
    'new-borrowing': 'pushing new borrowing',
  },
};

/** A ban in words. */
export const nameOfBan = (ban: Ban, language: Language): string => bans[language][ban] ?? ban;

const namesOf = (language: Language, { bans: codes = '' }: Detail): string[] => codes.split(',').map((ban) => bans[language][ban] ?? ban);

const contentWhy: Why = {
  zh: (detail) =>
    pick(
      {
        content: `内容违反禁止性规定：${namesOf('zh', detail).join('、')}（“${detail['words']}”），请修改后再发送`,
        'no-template': '内容不是已批准模板的版本，请使用已批准的模板',
        'not-approved': `模板 ${detail['template']} 第 ${detail['version']} 版尚未批准，请先送审`,
      },
      detail,
      '内容未经批准',
    ),
  en: (detail) =>
    pick(
      {
        content: `The text breaks these bans: ${namesOf('en', detail).join(', ')} ("${detail['words']}"); change it before it is sent`,
        'no-template': 'The text is not a version of an approved template; use one',
        'not-approved': `Version ${detail['version']} of template ${detail['template']} is not approved yet; have it approved first`,
      },
      detail,
      'The text is not approved',
    ),
};

const texts: Readonly<Record<string, Texts>> = {
  'missing-fact': {
    zh: ({ fact, rule }) => `缺少判断所需的事实“${fact}”（规则 ${rule}），在补充之前不得联系。`,
    en: ({ fact, rule }) => `The fact "${fact}" is not known and rule ${rule} needs it; no contact until it is supplied.`,
  },
  'case-open': {
    zh: ({ detail }) => `${why.zh[detail['why'] ?? ''] ?? '案件不在催收状态'}，不得催收。`,
    en: ({ detail }) => `Nothing may be collected: ${why.en[detail['why'] ?? ''] ?? 'the case is not open'}.`,
  },
  'plan-active': {
    zh: () => '债务人正在履行已签订的个性化分期还款协议，不得催收。',
    en: () => 'A signed repayment plan is being kept; no collection while it is.',
  },
  'objection-open': {
    zh: () => '债务人对债务提出的异议尚未核实，不得催收。',
    en: () => 'An objection to the debt has not been verified yet; no collection until it is.',
  },
  'complaint-hold': {
    zh: () => '一项有关催收的投诉尚未办结，其范围内暂停联系。',
    en: () => 'An open complaint about collection holds contact in this scope.',
  },
  cease: { zh: () => '债务人已要求停止联系。', en: () => 'The debtor asked that all contact cease.' },
  'legal-rep': { zh: () => '债务人已委托代理人，应联系其代理人。', en: () => 'The debtor is represented; contact the representative.' },
  deceased: { zh: () => '债务人已去世，停止联系。', en: () => 'The debtor has died; no contact.' },
  incapacity: { zh: () => '债务人丧失民事行为能力，停止联系。', en: () => 'The debtor lacks legal capacity; no contact.' },
  insolvency: { zh: () => '债务人已进入破产程序，停止联系。', en: () => 'The debtor is in insolvency proceedings; no contact.' },
  'party-target': {
    zh: ({ detail }) => `不得向${roles.zh[detail['partyRole'] ?? ''] ?? '第三人'}催收；只能联系债务人、共同债务人或担保人。`,
    en: ({ detail }) =>
      `Collection may not be aimed at ${roles.en[detail['partyRole'] ?? ''] ?? 'a third party'}; only at the debtor, a co-debtor or a guarantor.`,
  },
  'party-stop': {
    zh: () => '该第三人曾要求停止联系，不得再次联系。',
    en: () => 'This third party asked to be left alone and may not be contacted again.',
  },
  'quiet-hours': {
    zh: ({ detail }) =>
      `债务人当地时间${detail['zone'] ? `（其可能所在的时区 ${detail['zone']}）` : ''} ${detail['from']} 至 ${detail['to']} 之间不得联系${detail['consent'] === 'none' ? '' : '，除非事先取得其同意'}。`,
    en: ({ detail }) =>
      `Between ${detail['from']} and ${detail['to']} of the debtor's local time${detail['zone'] ? ` (in ${detail['zone']}, where the debtor may be)` : ''} nobody is contacted${detail['consent'] === 'none' ? '' : ' without consent'}.`,
  },
  'attempts-per-point': {
    zh: ({ limit, counted }) => `今日对该号码未接通的拨打已达 ${counted} 次（上限 ${limit} 次，全部机构合计）。`,
    en: ({ limit, counted }) =>
      `Today ${counted} calls to this number went unanswered or are pending (limit ${limit}, the bank and all agencies together).`,
  },
  'informational-per-debtor': {
    zh: ({ limit, counted }) => `今日对该债务人已接通的告知类电话已达 ${counted} 次（上限 ${limit} 次，全部机构合计）。`,
    en: ({ limit, counted }) =>
      `Today ${counted} informational calls to this debtor were connected or are pending (limit ${limit}, the bank and all agencies together).`,
  },
  'conversations-per-debtor': {
    zh: ({ limit, counted }) => `今日与该债务人的通话沟通已达 ${counted} 次（上限 ${limit} 次，全部机构合计）。`,
    en: ({ limit, counted }) =>
      `Today ${counted} conversations with this debtor took place or are pending (limit ${limit}, the bank and all agencies together).`,
  },
  burst: {
    zh: ({ limit, counted }) => `最近 60 分钟内对该债务人已拨打 ${counted} 次（上限 ${limit} 次，全部机构和号码合计）。`,
    en: ({ limit, counted }) =>
      `In the last 60 minutes this debtor was called ${counted} times (limit ${limit}, any number, the bank and all agencies together).`,
  },
  'visit-team': {
    zh: ({ limit, counted }) => `上门催收不得少于 ${limit} 人，现为 ${counted} 人。`,
    en: ({ limit, counted }) => `A visit needs at least ${limit} collectors; ${counted} named.`,
  },
  'visit-per-day': {
    zh: ({ limit, counted }) => `今日对该债务人已上门 ${counted} 次（每日不宜超过 ${limit} 次，全部机构合计），建议改日。`,
    en: ({ limit, counted }) =>
      `This debtor was visited ${counted} times today (no more than ${limit} a day is advised, the bank and all agencies together); better another day.`,
  },
  'party-lost': {
    zh: () =>
      '债务人尚未失联，不得向第三人询问或请其转告。失联是指：已知号码全部无效或停机；或连续三次电话未接通且第三次当日已过；或连续三个自然日电话未接通，其间均未接通过。',
    en: () =>
      'The debtor is not lost, so no third party may be asked or given a message. Lost means: every known number is invalid or out of service; or three calls in a row went unanswered and the day of the third is over; or calls on three days in a row did, and none was connected since.',
  },
  'opt-out': {
    zh: ({ detail }) => `当事人已拒绝${optedOut.zh[detail['what'] ?? ''] ?? '该联系方式'}，须取得其之后的同意，或改用其他方式。`,
    en: ({ detail }) =>
      `The party opted out of ${optedOut.en[detail['what'] ?? ''] ?? 'this way of contact'}; use another way, or obtain a later consent.`,
  },
  'point-source': {
    zh: ({ detail }) => `${pointWhy.zh[detail['why'] ?? ''] ?? '该联系方式不得使用'}，不得使用；请改用来源合法且有效的联系方式。`,
    en: ({ detail }) =>
      `This contact point may not be used: ${pointWhy.en[detail['why'] ?? ''] ?? 'it may not be used'}. Use one that is valid and comes from a lawful source.`,
  },
  'agency-standing': {
    zh: ({ detail }) => `该外部机构不得联系债务人：${agencyWhy.zh(detail)}。`,
    en: ({ detail }) => `This agency may not contact the debtor: ${agencyWhy.en(detail)}.`,
  },
  'agency-evaluated': {
    zh: ({ limit, counted, detail }) =>
      counted === null
        ? `该外部机构从未接受评估，应至少每 ${limit} 天评估一次，请尽快安排。`
        : `该外部机构最近一次评估（${detail['date']}）距今 ${counted} 天（应不超过 ${limit} 天），请尽快安排评估。`,
    en: ({ limit, counted, detail }) =>
      counted === null
        ? `This agency was never evaluated; it should be every ${limit} days at least. Arrange an evaluation.`
        : `The last evaluation of this agency (${detail['date']}) is ${counted} days old (limit ${limit}); arrange the next.`,
  },
  'collector-fit': {
    zh: ({ detail }) => `催收人员 ${detail['collector']} ${collectorWhy.zh(detail)}，不得联系债务人；请更换人员或补办手续。`,
    en: ({ detail }) =>
      `Collector ${detail['collector']} ${collectorWhy.en(detail)} and may not contact the debtor; name another, or bring the register up to date.`,
  },
  'device-registered': {
    zh: ({ detail }) => `设备或账号 ${detail['device']} 未登记为该机构的工作设备，须使用已登记的设备，或取得当事人同意。`,
    en: ({ detail }) =>
      `The device or account ${detail['device']} is not registered as a work tool of this agency; use a registered one, or obtain the party's consent.`,
  },
  'referral-notice': {
    zh: () => '外部机构联系之前，应先告知债务人其债务已委托催收；请先发送委托告知。',
    en: () => 'Before an agency makes contact the debtor should be told that it was entrusted with the debt; send the notice first.',
  },
  'content-approved': {
    zh: ({ detail }) => `${contentWhy.zh(detail)}。`,
    en: ({ detail }) => `${contentWhy.en(detail)}.`,
  },
  'seven-in-seven': {
    zh: ({ limit, counted }) => `最近 7 天内就该债务向此人已拨打 ${counted} 次接入的电话（上限 ${limit} 次，按机构计）。`,
    en: ({ limit, counted }) =>
      `In the last 7 days this person was called about this debt ${counted} times, pending calls included (limit ${limit} for each collector of the debt).`,
  },
  'cool-down': {
    zh: () => '就该债务与此人通话之后 7 天内（通话当日为第一天）不得再次拨打。',
    en: () => 'Within 7 days of a conversation about this debt, its day being the first, this person is not called again about it.',
  },
};

/** An institution's own rule: what it is called, and the numbers if it compares any. */
const ownTexts: Texts = {
  zh: ({ ruleId, limit, counted, detail }) => {
    const numbers = limit === null || counted === null ? '' : `（已有 ${counted}，限 ${limit}）`;
    return `本机构规定“${detail['titleZh'] ?? ruleId}”不允许此次联系${numbers}${spanOf(detail, ' 至 ')}。`;
  },
  en: ({ ruleId, limit, counted, detail }) => {
    const numbers = limit === null || counted === null ? '' : ` (${counted} counted, limit ${limit})`;
    return `The institution's own rule "${detail['titleEn'] ?? ruleId}" does not allow this contact${numbers}${spanOf(detail, ' to ')}.`;
  },
};

const spanOf = ({ from, to }: Detail, between: string): string =>
  from === undefined || to === undefined ? '' : ` (${from}${between}${to})`;

/** Whether the rule has words of its own. */
export const hasMessage = (ruleId: string): boolean => Object.hasOwn(texts, ruleId);

/** The reason in words. An institution's own rules are named by their titles. */
export function toMessage(said: Said, language: Language): string {
  return (texts[said.ruleId] ?? ownTexts)[language](said);
}
