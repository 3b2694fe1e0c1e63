import { cellText, percent, type Condition, type ReportTable, type TableRow, type Trace, type Words } from '#render';
import { countTable, type CountColumn, type CountGroup, type Counts } from '#reports';
import { idsOf, ofAgency, REFUSED } from './compliance-tables.ts';
import { BEFORE_NOTE, is, PIECES, REPEATS_NOTE, TIMES } from './compliance-words.ts';
import { agencyName, ruleName } from './names.ts';
import { BEFORE, CALLS, FINDINGS, REPEATS, ROWS, type Measure } from './rows.ts';

const RULE = { zh: '规则', en: 'Rule' };
const AGENCY = { zh: '催收机构', en: 'Agency' };
const SEVERITIES: readonly CountColumn[] = [
  { id: 'all', label: { zh: '发现', en: 'Findings' }, unit: PIECES, where: [] },
  { id: 'block', label: { zh: '禁止类', en: 'Blocking' }, unit: PIECES, where: [is('severity', 'block')] },
  { id: 'warn', label: { zh: '提示类', en: 'Warnings' }, unit: PIECES, where: [is('severity', 'warn')] },
];
const CALL_KINDS: readonly (readonly [id: string, label: Words])[] = [
  ['no-permit', { zh: '无许可', en: 'No permit' }],
  ['outside-permit', { zh: '时间不符', en: 'Outside its time' }],
  ['other-number', { zh: '号码不符', en: 'Other number' }],
  ['outcome-missing', { zh: '未登记结果', en: 'No outcome' }],
  ['outcome-differs', { zh: '结果不符', en: 'Other outcome' }],
];

const titled = (a: Words, b: Words): Words => ({ zh: `${a.zh} · ${b.zh}`, en: `${a.en} · ${b.en}` });

export function findingsTable(counts: Counts): ReportTable {
  const groups = counts.most('all').map((key): CountGroup => ({ key, label: ruleName(key), where: [is('ruleId', key)] }));
  const title = { zh: '本期完成的回溯审查发现', en: 'Findings of look-backs that ended in the period' };
  return countTable({ id: 'lookback-by-rule', title, rowLabel: RULE, file: FINDINGS, columns: SEVERITIES, groups }, counts);
}

/** Look-backs by agency and rule. */
export function findingsByAgencyTable(counts: Counts): ReportTable {
  const groups = counts.most('all').map((key): CountGroup => {
    const [agency = '', rule = ''] = idsOf(key);
    return { key, label: titled(agencyName(agency), ruleName(rule)), where: [ofAgency(agency), is('ruleId', rule)] };
  });
  const title = { zh: '回溯审查发现：机构与规则', en: 'Findings of look-backs by agency and rule' };
  const rowLabel = titled(AGENCY, RULE);
  return countTable({ id: 'lookback-by-agency-rule', title, rowLabel, file: FINDINGS, columns: SEVERITIES, groups }, counts);
}

export function callsTable(counts: Counts): ReportTable {
  const columns: CountColumn[] = [
    { id: 'all', label: { zh: '发现', en: 'Findings' }, unit: PIECES, where: [] },
    ...CALL_KINDS.map(([id, label]): CountColumn => ({ id, label, unit: PIECES, where: [is('finding', id)] })),
  ];
  const groups = counts.most('all').map((key): CountGroup => ({ key, label: agencyName(key), where: [ofAgency(key)] }));
  const title = { zh: '本期完成的话单核对发现', en: 'Findings of call records that were reconciled in the period' };
  return countTable({ id: 'calls-by-agency', title, rowLabel: AGENCY, file: CALLS, columns, groups }, counts);
}

const AGAIN: readonly CountColumn[] = [
  { id: 'all', label: { zh: '再次发生', en: 'Again' }, unit: TIMES, where: [] },
  { id: 'refusal', label: { zh: '闸门拒绝', en: 'Refused' }, unit: TIMES, where: [is('source', 'refusal')] },
  { id: 'look-back', label: { zh: '回溯审查', en: 'Look-back' }, unit: TIMES, where: [is('source', 'look-back')] },
  { id: 'call-records', label: { zh: '话单核对', en: 'Call records' }, unit: TIMES, where: [is('source', 'call-records')] },
];

export function repeatAgenciesTable(counts: Counts): ReportTable {
  const groups = counts.most('all').map((key): CountGroup => {
    const [agency = '', rule = ''] = idsOf(key);
    return { key, label: titled(agencyName(agency), ruleName(rule)), where: [is('who', 'agency'), ofAgency(agency), is('ruleId', rule)] };
  });
  const title = { zh: '再次发生：机构', en: 'At it again: agencies' };
  const table = { id: 'repeat-agencies', title, rowLabel: titled(AGENCY, RULE), note: REPEATS_NOTE };
  return countTable({ ...table, file: REPEATS, columns: AGAIN, groups }, counts);
}

/** Of persons: no public version has it. */
export function repeatCollectorsTable(counts: Counts): ReportTable {
  const groups = counts.most('all').map((key): CountGroup => {
    const [agency = '', collector = '', rule = ''] = idsOf(key);
    const person = titled(agencyName(agency), { zh: collector, en: collector });
    const where = [is('who', 'collector'), ofAgency(agency), is('collectorId', cellText(collector)), is('ruleId', rule)];
    return { key, label: titled(person, ruleName(rule)), where };
  });
  const title = { zh: '再次发生：催收人员（工号）', en: 'At it again: collectors (by staff number)' };
  const rowLabel = titled(titled(AGENCY, { zh: '工号', en: 'Staff number' }), RULE);
  const table = countTable({ id: 'repeat-collectors', title, rowLabel, file: REPEATS, columns: AGAIN, groups, note: REPEATS_NOTE }, counts);
  return { ...table, ofPersons: true };
}

interface Compared {
  readonly id: Measure;
  readonly label: Words;
  readonly file: string;
  readonly filter: readonly Condition[];
}

const COMPARED: readonly Compared[] = [
  { id: 'asked', label: { zh: '联系申请', en: 'Contacts asked for' }, file: ROWS, filter: [] },
  { id: 'permitted', label: { zh: '许可', en: 'Permitted' }, file: ROWS, filter: [is('verdict', 'permitted')] },
  { id: 'refused', label: { zh: '拒绝', en: 'Refused' }, file: ROWS, filter: [REFUSED] },
  { id: 'look-back', label: { zh: '回溯审查发现', en: 'Findings of look-backs' }, file: FINDINGS, filter: [] },
  { id: 'call-records', label: { zh: '话单核对发现', en: 'Findings of call records' }, file: CALLS, filter: [] },
];

const before = (id: Measure): Pick<Trace, 'file' | 'filter' | 'column'> => ({ file: BEFORE, filter: [is('measure', id)], column: 'count' });

/** This period beside the one before. */
export function comparisonTable(now: (id: Measure) => number, then: (id: Measure) => number): ReportTable {
  const counts = COMPARED.map(({ id, label, file, filter }): TableRow => ({
    key: id,
    label,
    cells: [
      { value: now(id), trace: { file, filter, measure: 'count' } },
      { value: then(id), trace: { ...before(id), measure: 'sum' } },
    ],
  }));
  const share: TableRow = {
    key: 'refusedShare',
    label: { zh: '拒绝占比（%）', en: 'Share refused (%)' },
    cells: [
      { value: percent(now('refused'), now('asked')), trace: { file: ROWS, filter: [REFUSED], measure: 'share', of: [] } },
      {
        value: percent(then('refused'), then('asked')),
        trace: { ...before('refused'), measure: 'share', of: before('asked').filter },
      },
    ],
  };
  const unit = { zh: '次、项、%', en: 'counts, %' };
  return {
    id: 'period-before',
    title: { zh: '与上一可比期比较', en: 'Beside the period before' },
    rowLabel: { zh: '指标', en: 'Figure' },
    columns: [
      { id: 'now', label: { zh: '本期', en: 'This period' }, unit },
      { id: 'before', label: { zh: '上一可比期', en: 'The period before' }, unit },
    ],
    rows: [...counts, share],
    note: BEFORE_NOTE,
  };
}
