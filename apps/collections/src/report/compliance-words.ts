import type { Condition, Words } from '#render';

export const TITLE: Words = { zh: '催收合规报告', en: 'Collections compliance report' };
export const TIMES: Words = { zh: '次', en: 'attempts' };
export const PERCENT: Words = { zh: '%', en: '%' };
export const PIECES: Words = { zh: '项', en: 'findings' };

export const is = (column: string, value: string): Condition => ({ column, is: value });
export const same = (text: string): Words => ({ zh: text, en: text });

export const RULES_NOTE: Words = {
  zh: '一次拒绝可涉及多条规则，故“涉及”之和可大于拒绝次数；“首因”之和等于拒绝次数。',
  en: 'A refusal may have several reasons: those add up to more than the refusals, the first reasons to just as many.',
};

export const NOTES: readonly Words[] = [
  {
    zh: '统计对象为报告期内向联系闸门提出的每一次申请；被拒绝的申请同样留痕计入。',
    en: 'Counted is every contact that the gate was asked for in the period, refused ones included.',
  },
  {
    zh: '许可自签发起，电话 15 分钟、其他渠道 24 小时内有效；逾时未登记结果的为已失效。以生成时间为准。',
    en: 'A permit lasts 15 minutes for voice and 24 hours for the rest; without an outcome by then it has lapsed. As of the time of generation.',
  },
  {
    zh: '日期按报告时区划分；时段按债务人当地时间划分，与禁止时段的判断一致。',
    en: 'Days are those of the zone of the report, hours those of the debtor, as quiet hours are judged.',
  },
  {
    zh: '“依同意”指假如没有该项同意即会被拒绝的许可：以当时所载事实与规则、去掉同意后重新判断得出。',
    en: 'A permit rests on a consent where the same contact, judged again on the recorded facts and rules without it, would have been refused.',
  },
  {
    zh: '回溯审查与话单核对按完成日期计入本期，其所审查的联系可能早于本期。',
    en: 'Look-backs and call records belong to the period in which they ended; the contacts that they judge may be older.',
  },
];

export const REPEATS_NOTE: Words = {
  zh: '“再次发生”：同一机构或同一催收人员，在某次已完成的审查（回溯审查的禁止类发现，或话单核对的发现）查出违反某规则之后一年内，又因同一规则被闸门拒绝，或其后的联系又被审查查出违反同一规则。缺少事实（missing-fact）不计。每一次、每一主体、每一规则计一次。',
  en: 'Again: an agency or collector whom a finished audit (a blocking finding of a look-back, or any of call records) had found to break a rule is refused by the gate for the same rule within a year after that, or an audit finds the same of a contact made after it. Missing facts do not count. Once for each contact, rule and agency or collector.',
};

export const BEFORE_NOTE: Words = {
  zh: '上一可比期：报告期为整月的，为此前同样月数；否则为此前同样天数。',
  en: 'The period before: as many calendar months where the period is whole months, else as many days.',
};

export const SOURCES: readonly Words[] = [
  {
    zh: '规则来源：中国银行业协会《金融机构个人消费类贷款催收工作指引（试行）》、GB/T 45251-2025、《商业银行信用卡业务监督管理办法》第 67–70 条、黑龙江省银行业信用卡自律公约；逐条依据见各次判断的记录。',
    en: 'Rules: CBA guidelines on the collection of consumer loans (trial), GB/T 45251-2025, Measures on credit card business Art. 67-70, Heilongjiang convention on credit cards; the article of each refusal stands in the record of the decision.',
  },
];
