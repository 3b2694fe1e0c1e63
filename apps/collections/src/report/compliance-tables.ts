import { CHANNELS, CONSENT_KINDS, RESULTS } from '#contact-rules';
import { cellText, type Condition, type ReportTable } from '#render';
import { countTable, datesOf, monthsOf, type CountColumn, type CountGroup, type Counts, type ReportScope } from '#reports';
import { is, PERCENT, RULES_NOTE, same, TIMES } from './compliance-words.ts';
import { agencyName, channelName, consentName, OWN, resultName, ruleName } from './names.ts';
import { ROWS } from './rows.ts';

export const PERMITTED: Condition = { column: 'verdict', is: 'permitted' };
export const REFUSED: Condition = { column: 'verdict', is: 'refused' };

const VERDICTS: readonly CountColumn[] = [
  { id: 'asked', label: { zh: '申请', en: 'Asked' }, unit: TIMES, where: [] },
  { id: 'permitted', label: { zh: '许可', en: 'Permitted' }, unit: TIMES, where: [PERMITTED] },
  { id: 'refused', label: { zh: '拒绝', en: 'Refused' }, unit: TIMES, where: [REFUSED] },
];
const WITH_SHARE: readonly CountColumn[] = [
  ...VERDICTS,
  {
    id: 'refusedShare',
    label: { zh: '拒绝占比', en: 'Share refused' },
    unit: PERCENT,
    where: [REFUSED],
    of: { column: 'asked', where: [] },
  },
];
const ALL_AND_FIRST: readonly Pick<CountColumn, 'id' | 'label' | 'unit'>[] = [
  { id: 'all', label: { zh: '涉及', en: 'Among the reasons' }, unit: TIMES },
  { id: 'first', label: { zh: '首因', en: 'First reason' }, unit: TIMES },
];
const RULE = { zh: '规则', en: 'Rule' };

export const ofAgency = (id: string): Condition => is('agencyId', id === OWN ? '' : cellText(id));

/** Several ids as one group, and as the key of its row. */
export const pair = (...ids: readonly string[]): string => ids.map(encodeURIComponent).join('/');
export const idsOf = (group: string): string[] => group.split('/').map(decodeURIComponent);

export function rulesTable(counts: Counts): ReportTable {
  const columns = ALL_AND_FIRST.map((column): CountColumn => ({
    ...column,
    where: (rule) => [column.id === 'all' ? { column: 'rules', has: rule } : is('firstRule', rule)],
  }));
  const groups = counts.most('all').map((key): CountGroup => ({ key, label: ruleName(key), where: [] }));
  const title = { zh: '按规则统计的拒绝', en: 'Refusals by rule' };
  return countTable({ id: 'by-rule', title, rowLabel: RULE, file: ROWS, columns, groups, note: RULES_NOTE }, counts);
}

/** For each agency the rules that refused it. */
export function ruleAgencyTable(counts: Counts): ReportTable {
  const columns = ALL_AND_FIRST.map((column): CountColumn => ({
    ...column,
    where: (group) => [column.id === 'all' ? { column: 'rules', has: idsOf(group)[1] ?? '' } : is('firstRule', idsOf(group)[1] ?? '')],
  }));
  const groups = counts.most('all').map((key): CountGroup => {
    const [agency = '', rule = ''] = idsOf(key);
    const [whose, which] = [agencyName(agency), ruleName(rule)];
    return { key, label: { zh: `${whose.zh} · ${which.zh}`, en: `${whose.en} · ${which.en}` }, where: [ofAgency(agency)] };
  });
  const title = { zh: '按机构与规则统计的拒绝', en: 'Refusals by agency and rule' };
  const rowLabel = { zh: '催收机构 · 规则', en: 'Agency · rule' };
  return countTable({ id: 'by-agency-rule', title, rowLabel, file: ROWS, columns, groups }, counts);
}

export function warningsTable(counts: Counts): ReportTable {
  const warns = (rule: string): Condition => ({ column: 'warnings', has: rule });
  const columns: CountColumn[] = [
    { id: 'all', label: { zh: '提示', en: 'Warned' }, unit: TIMES, where: (rule) => [warns(rule)] },
    { id: 'permitted', label: { zh: '其中许可', en: 'Permitted all the same' }, unit: TIMES, where: (rule) => [warns(rule), PERMITTED] },
    {
      id: 'refused',
      label: { zh: '其中因他规则拒绝', en: 'Refused by another rule' },
      unit: TIMES,
      where: (rule) => [warns(rule), REFUSED],
    },
  ];
  const groups = counts.most('all').map((key): CountGroup => ({ key, label: ruleName(key), where: [] }));
  const title = { zh: '按规则统计的提示', en: 'Warnings by rule' };
  return countTable({ id: 'warnings-by-rule', title, rowLabel: RULE, file: ROWS, columns, groups }, counts);
}

export function consentsTable(counts: Counts): ReportTable {
  const columns: CountColumn[] = [
    {
      id: 'permitted',
      label: { zh: '依同意许可', en: 'Permitted by consent' },
      unit: TIMES,
      where: (kind) => [{ column: 'consents', has: kind }],
    },
  ];
  const groups = CONSENT_KINDS.map((key): CountGroup => ({ key, label: consentName(key), where: [] }));
  const title = { zh: '依同意方可许可的联系', en: 'Contacts permitted only because of a consent' };
  return countTable({ id: 'by-consent', title, rowLabel: { zh: '同意', en: 'Consent' }, file: ROWS, columns, groups }, counts);
}

export function liftedTable(counts: Counts): ReportTable {
  const columns: CountColumn[] = [
    { id: 'lifted', label: { zh: '许可', en: 'Permitted' }, unit: TIMES, where: (rule) => [{ column: 'lifted', has: rule }] },
  ];
  const groups = counts.most('lifted').map((key): CountGroup => ({ key, label: ruleName(key), where: [] }));
  const title = { zh: '若无同意即会拒绝的规则', en: 'Rules that would have refused without the consent' };
  return countTable({ id: 'lifted-by-consent', title, rowLabel: RULE, file: ROWS, columns, groups }, counts);
}

const hours = (): CountGroup[] =>
  Array.from({ length: 24 }, (_, hour) => ({ key: String(hour), label: same(String(hour)), where: [is('localHour', String(hour))] }));
const HOUR = { zh: '时（0–23）', en: 'Hour (0-23)' };

export function hoursTable(counts: Counts): ReportTable {
  const title = { zh: '按债务人当地时间统计', en: "By hour at the debtor's" };
  return countTable({ id: 'by-hour', title, rowLabel: HOUR, file: ROWS, columns: VERDICTS, groups: hours() }, counts);
}

export function hourChannelTable(counts: Counts): ReportTable {
  const columns = CHANNELS.map((id): CountColumn => ({ id, label: channelName(id), unit: TIMES, where: [is('channel', id)] }));
  const title = { zh: '按债务人当地时间与渠道统计的申请', en: "Asked for by hour at the debtor's and channel" };
  return countTable({ id: 'by-hour-channel', title, rowLabel: HOUR, file: ROWS, columns, groups: hours() }, counts);
}

export function agenciesTable(counts: Counts): ReportTable {
  const groups = counts.most('asked').map((key): CountGroup => ({ key, label: agencyName(key), where: [ofAgency(key)] }));
  const [title, rowLabel] = [
    { zh: '按催收机构统计', en: 'By agency' },
    { zh: '催收机构', en: 'Agency' },
  ];
  return countTable({ id: 'by-agency', title, rowLabel, file: ROWS, columns: WITH_SHARE, groups }, counts);
}

export function channelsTable(counts: Counts): ReportTable {
  const groups = CHANNELS.map((id): CountGroup => ({ key: id, label: channelName(id), where: [is('channel', id)] }));
  const [title, rowLabel] = [
    { zh: '按渠道统计', en: 'By channel' },
    { zh: '渠道', en: 'Channel' },
  ];
  return countTable({ id: 'by-channel', title, rowLabel, file: ROWS, columns: WITH_SHARE, groups }, counts);
}

export function resultsTable(counts: Counts): ReportTable {
  const groups = RESULTS.map((id): CountGroup => ({ key: id, label: resultName(id), where: [is('result', id)] }));
  const [title, rowLabel] = [
    { zh: '联系结果', en: 'Outcomes' },
    { zh: '结果', en: 'Result' },
  ];
  const columns: CountColumn[] = [{ id: 'times', label: { zh: '许可', en: 'Permits' }, unit: TIMES, where: [] }];
  return countTable({ id: 'outcomes', title, rowLabel, file: ROWS, columns, groups }, counts);
}

export function daysTable({ period }: ReportScope, counts: Counts): ReportTable {
  const groups = datesOf(period).map((day): CountGroup => ({ key: day, label: same(day), where: [is('day', day)] }));
  const [title, rowLabel] = [
    { zh: '按日统计', en: 'By day' },
    { zh: '日期', en: 'Day' },
  ];
  return countTable({ id: 'by-day', title, rowLabel, file: ROWS, columns: VERDICTS, groups }, counts);
}

/** Of a period of several months; none of one within a month. */
export function monthsTable({ period }: ReportScope, counts: Counts): ReportTable[] {
  const months = monthsOf(period);
  if (months.length < 2) return [];
  const groups = months.map((month): CountGroup => ({ key: month, label: same(month), where: [is('month', month)] }));
  const [title, rowLabel] = [
    { zh: '按月统计', en: 'By month' },
    { zh: '月份', en: 'Month' },
  ];
  return [countTable({ id: 'by-month', title, rowLabel, file: ROWS, columns: WITH_SHARE, groups }, counts)];
}
