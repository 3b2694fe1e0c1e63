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
    zh: ({ detail }) => `债务人当地时间 ${detail['from']} 至 ${detail['to']} 之间不得联系，除非事先取得其同意。`,
    en: ({ detail }) => `Between ${detail['from']} and ${detail['to']} of the debtor's local time nobody is contacted without consent.`,
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
};

/** The reason in words. A rule without words of its own is named with its numbers. */
export function toMessage(said: Said, language: Language): string {
  const text = texts[said.ruleId]?.[language];
  return text ? text(said) : `${said.ruleId}: ${said.counted ?? '-'} / ${said.limit ?? '-'}`;
}
