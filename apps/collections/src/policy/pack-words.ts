import type { Language } from '#contact-rules';
import type { PackView } from './pack.dto.ts';

/** What the pages say around the rules. */
const words = {
  zh: {
    tag: 'zh-CN',
    product: '催收有度 Forbear',
    packs: '催收联系规则',
    packsIntro: '本系统判断每次催收联系时所依据的规则包。每个规则包分版本；每条规则写明限度、例外、依据和依据等级。',
    staff: '业务版',
    debtor: '债务人版',
    other: 'English',
    allPacks: '全部规则包',
    audience: '读者',
    language: '语言',
    versions: '规则包版本',
    version: (version: number) => `第 ${version} 版`,
    rules: (count: number) => `${count} 条规则`,
    inForceOn: (date: string) => `${date} 当日有效的规则`,
    everyRow: '本版全部规则，各自注明适用期间',
    caution: '本页说明系统执行的内部控制规则，不构成法律意见；依据等级说明我们对原文的掌握程度。',
    debtorCaution: '本页用平实的文字说明系统怎样约束催收联系，不构成法律意见；以法律法规和规范文件的原文为准。',
    contents: '目录',
    limits: '限度',
    exceptions: '例外',
    source: '依据',
    grade: '依据等级',
    force: '适用期间',
    from: (from: string) => `自 ${from} 起`,
    between: (from: string, to: string) => `${from} 至 ${to}`,
    ruleId: '规则标识',
    severity: '处理',
    tenantValue: '规范文件未定数值，由机构设定',
    mayWarn: '规范文件用语为“不宜”，机构可以改为提示',
    block: '拒绝',
    warn: '提示',
    later: '以后才生效的规则',
    ended: '已经失效的规则',
    advice: '您可以怎么做',
    print: '打印本页可作存档；地址中的 at 参数指定日期，version 指定版本。',
    notes: '其他要求',
    none: '这一天没有有效的规则。',
  },
  en: {
    tag: 'en',
    product: '催收有度 Forbear',
    packs: 'Rules on contact in collection',
    packsIntro:
      'The rule packs that every contact is judged by. Packs have versions; each rule says its limits, exceptions, source, and how well its source is known.',
    staff: 'For staff',
    debtor: 'For debtors',
    other: '中文',
    allPacks: 'All packs',
    audience: 'Readers',
    language: 'Language',
    versions: 'Versions of the pack',
    version: (version: number) => `Version ${version}`,
    rules: (count: number) => `${count} ${count === 1 ? 'rule' : 'rules'}`,
    inForceOn: (date: string) => `The rules in force on ${date}`,
    everyRow: 'Every rule of this version, each with the dates between which it holds',
    caution:
      'This page tells the controls that the system enforces. It is not legal advice; the grade says how well we know the wording behind a rule.',
    debtorCaution:
      'This page tells in plain words how the system restrains collection. It is not legal advice; what counts is the wording of the laws and instruments.',
    contents: 'Contents',
    limits: 'Limits',
    exceptions: 'Except',
    source: 'Source',
    grade: 'Grade of the source',
    force: 'In force',
    from: (from: string) => `from ${from}`,
    between: (from: string, to: string) => `${from} to ${to}`,
    ruleId: 'Rule id',
    severity: 'Effect',
    tenantValue: 'no instrument gives the number; the institution sets it',
    mayWarn: 'the instrument says “should not” (不宜); an institution may let it warn',
    block: 'Block',
    warn: 'Warn',
    later: 'Rules that begin later',
    ended: 'Rules that have ended',
    advice: 'What you can do',
    print: 'Print this page to keep it. In its address, at names a date and version a version.',
    notes: 'Further duties',
    none: 'No rule is in force on that date.',
  },
} as const;

export type PageWords = (typeof words)[Language];
export const wordsOf = (language: Language): PageWords => words[language];

/** The address of the same page in another language, for other readers, at another version; relative to it. */
export function queryOf(
  view: Pick<PackView, 'language' | 'audience' | 'at' | 'version' | 'versions'>,
  change: { language?: Language; audience?: string; version?: number } = {},
): string {
  const { language = view.language, audience = view.audience, version = view.version } = change;
  const query = new URLSearchParams({ lang: language });
  if (audience !== 'staff') query.set('audience', audience);
  if (version !== view.versions.at(-1)) query.set('version', String(version));
  if (view.at !== null) query.set('at', view.at);
  return `?${query.toString()}`;
}
