import { RESULTS, CHANNELS } from '#contact-rules';
import { cellText, percent, type Condition, type Figure, type ReportDocument, type ReportTable, type RowsFile, type Words } from '#render';
import { Counts, countTable, datesOf, type CountColumn, type CountGroup, type ReportScope } from '#reports';
import { ROWS, FINDINGS, type DecisionRow, type FindingRow } from './rows.ts';
import { BANK, channelName, resultName, ruleName } from './names.ts';

export const TITLE: Words = { zh: '催收合规报告', en: 'Collections compliance report' };
const TIMES: Words = { zh: '次', en: 'attempts' };
const PERCENT: Words = { zh: '%', en: '%' };
const PERMITTED: Condition = { column: 'verdict', is: 'permitted' };
const REFUSED: Condition = { column: 'verdict', is: 'refused' };

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

// No id of an agency: those have no brackets.
const OWN = '(own)';

const is = (column: string, value: string): Condition => ({ column, is: value });
const same = (text: string): Words => ({ zh: text, en: text });

/** Gathers the report while its rows go by. */
export class ComplianceTally {
  private readonly all = new Counts();
  private readonly byRule = new Counts();
  private readonly byHour = new Counts();
  private readonly byAgency = new Counts();
  private readonly byChannel = new Counts();
  private readonly byDay = new Counts();
  private readonly byResult = new Counts();
  private readonly findings = new Counts();

  add({ day, localHour, agencyId, channel, verdict, rules, state, result }: DecisionRow): void {
    this.all.add('', 'asked', verdict, `state-${state}`);
    for (const rule of rules) this.byRule.add(rule, 'all');
    if (rules[0] !== undefined) this.byRule.add(rules[0], 'first');
    this.byHour.add(String(localHour), 'asked', verdict);
    this.byAgency.add(agencyId ?? OWN, 'asked', verdict);
    this.byChannel.add(channel, 'asked', verdict);
    this.byDay.add(day, 'asked', verdict);
    if (result !== null) this.byResult.add(result, 'times');
  }

  addFinding({ ruleId, severity }: FindingRow): void {
    this.all.add('', 'findings');
    this.findings.add(ruleId, 'all', severity);
  }

  toDocument(scope: ReportScope, rowFiles: readonly RowsFile[]): ReportDocument {
    return {
      kind: 'collections-compliance',
      title: TITLE,
      institution: scope.institutionId,
      period: scope.period,
      timeZone: scope.timeZone,
      generatedAt: scope.generatedAt,
      figures: this.figures(),
      tables: [
        this.rulesTable(),
        this.hoursTable(),
        this.agenciesTable(),
        this.channelsTable(),
        this.resultsTable(),
        this.findingsTable(),
        this.daysTable(scope),
      ],
      chart: {
        title: { zh: '各时段联系申请：许可与拒绝', en: 'Contacts asked for by hour: permitted and refused' },
        table: 'by-hour',
        columns: ['permitted', 'refused'],
        xLabel: { zh: '债务人当地时间（时）', en: "Hour of the day at the debtor's" },
        yLabel: { zh: '申请次数（次）', en: 'Attempts asked for' },
      },
      trend: {
        title: { zh: '逐日趋势：许可与拒绝', en: 'Day by day: permitted and refused' },
        table: 'by-day',
        columns: ['permitted', 'refused'],
        xLabel: { zh: '日期', en: 'Day' },
        yLabel: { zh: '申请次数（次）', en: 'Attempts asked for' },
      },
      notes: NOTES,
      sources: SOURCES,
      rowFiles,
    };
  }

  private figures(): Figure[] {
    const n = (column: string): number => this.all.of('', column);
    const count = (id: string, zh: string, en: string, column: string, filter: readonly Condition[]): Figure => ({
      id,
      label: { zh, en },
      value: n(column),
      unit: TIMES,
      trace: { file: ROWS, filter, measure: 'count' },
    });
    return [
      count('asked', '联系申请', 'Contacts asked for', 'asked', []),
      count('permitted', '许可', 'Permitted', 'permitted', [PERMITTED]),
      count('refused', '拒绝', 'Refused', 'refused', [REFUSED]),
      {
        id: 'refused-share',
        label: { zh: '拒绝占比', en: 'Share refused' },
        value: percent(n('refused'), n('asked')),
        unit: PERCENT,
        trace: { file: ROWS, filter: [REFUSED], measure: 'share', of: [] },
      },
      count('closed', '许可已登记结果', 'Permits with an outcome', 'state-closed', [is('state', 'closed')]),
      count('lapsed', '许可已失效（未登记结果）', 'Permits lapsed without an outcome', 'state-lapsed', [is('state', 'lapsed')]),
      count('pending', '许可待登记结果', 'Permits still pending', 'state-pending', [is('state', 'pending')]),
      {
        id: 'lookback-findings',
        label: { zh: '回溯审查发现', en: 'Findings of look-backs' },
        value: n('findings'),
        unit: { zh: '项', en: 'findings' },
        trace: { file: FINDINGS, filter: [], measure: 'count' },
      },
    ];
  }

  private rulesTable(): ReportTable {
    const columns: CountColumn[] = [
      { id: 'all', label: { zh: '涉及', en: 'Among the reasons' }, unit: TIMES, where: (rule) => [{ column: 'rules', has: rule }] },
      { id: 'first', label: { zh: '首因', en: 'First reason' }, unit: TIMES, where: (rule) => [is('firstRule', rule)] },
    ];
    const groups = this.byRule.most('all').map((key): CountGroup => ({ key, label: ruleName(key), where: [] }));
    const [title, rowLabel] = [
      { zh: '按规则统计的拒绝', en: 'Refusals by rule' },
      { zh: '规则', en: 'Rule' },
    ];
    return countTable({ id: 'by-rule', title, rowLabel, file: ROWS, columns, groups, note: RULES_NOTE }, this.byRule);
  }

  private hoursTable(): ReportTable {
    const groups = Array.from({ length: 24 }, (_, hour): CountGroup => ({
      key: String(hour),
      label: same(String(hour)),
      where: [is('localHour', String(hour))],
    }));
    const [title, rowLabel] = [
      { zh: '按债务人当地时间统计', en: "By hour at the debtor's" },
      { zh: '时（0–23）', en: 'Hour (0-23)' },
    ];
    return countTable({ id: 'by-hour', title, rowLabel, file: ROWS, columns: VERDICTS, groups }, this.byHour);
  }

  private agenciesTable(): ReportTable {
    const groups = this.byAgency
      .most('asked')
      .map((id): CountGroup => ({ key: id, label: id === OWN ? BANK : same(id), where: [is('agencyId', id === OWN ? '' : cellText(id))] }));
    const [title, rowLabel] = [
      { zh: '按催收机构统计', en: 'By agency' },
      { zh: '催收机构', en: 'Agency' },
    ];
    return countTable({ id: 'by-agency', title, rowLabel, file: ROWS, columns: WITH_SHARE, groups }, this.byAgency);
  }

  private channelsTable(): ReportTable {
    const groups = CHANNELS.map((id): CountGroup => ({ key: id, label: channelName(id), where: [is('channel', id)] }));
    const [title, rowLabel] = [
      { zh: '按渠道统计', en: 'By channel' },
      { zh: '渠道', en: 'Channel' },
    ];
    return countTable({ id: 'by-channel', title, rowLabel, file: ROWS, columns: WITH_SHARE, groups }, this.byChannel);
  }

  private resultsTable(): ReportTable {
    const groups = RESULTS.map((id): CountGroup => ({ key: id, label: resultName(id), where: [is('result', id)] }));
    const [title, rowLabel] = [
      { zh: '联系结果', en: 'Outcomes' },
      { zh: '结果', en: 'Result' },
    ];
    const columns: CountColumn[] = [{ id: 'times', label: { zh: '许可', en: 'Permits' }, unit: TIMES, where: [] }];
    return countTable({ id: 'outcomes', title, rowLabel, file: ROWS, columns, groups }, this.byResult);
  }

  private findingsTable(): ReportTable {
    const unit = { zh: '项', en: 'findings' };
    const columns: CountColumn[] = [
      { id: 'all', label: { zh: '发现', en: 'Findings' }, unit, where: [] },
      { id: 'block', label: { zh: '禁止类', en: 'Blocking' }, unit, where: [is('severity', 'block')] },
      { id: 'warn', label: { zh: '提示类', en: 'Warnings' }, unit, where: [is('severity', 'warn')] },
    ];
    const groups = this.findings.most('all').map((key): CountGroup => ({ key, label: ruleName(key), where: [is('ruleId', key)] }));
    const [title, rowLabel] = [
      { zh: '本期完成的回溯审查发现', en: 'Findings of look-backs that ended in the period' },
      { zh: '规则', en: 'Rule' },
    ];
    return countTable({ id: 'lookback-by-rule', title, rowLabel, file: FINDINGS, columns, groups }, this.findings);
  }

  private daysTable({ period }: ReportScope): ReportTable {
    const groups = datesOf(period).map((day): CountGroup => ({ key: day, label: same(day), where: [is('day', day)] }));
    const [title, rowLabel] = [
      { zh: '按日统计', en: 'By day' },
      { zh: '日期', en: 'Day' },
    ];
    return countTable({ id: 'by-day', title, rowLabel, file: ROWS, columns: VERDICTS, groups }, this.byDay);
  }
}

const RULES_NOTE: Words = {
  zh: '一次拒绝可涉及多条规则，故“涉及”之和可大于拒绝次数；“首因”之和等于拒绝次数。',
  en: 'A refusal may have several reasons: those add up to more than the refusals, the first reasons to just as many.',
};

const NOTES: readonly Words[] = [
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
    zh: '回溯审查按完成日期计入本期，其所审查的联系可能早于本期。',
    en: 'Look-backs belong to the period in which they ended; the contacts that they judge may be older.',
  },
];

const SOURCES: readonly Words[] = [
  {
    zh: '规则来源：中国银行业协会《金融机构个人消费类贷款催收工作指引（试行）》、GB/T 45251-2025、《商业银行信用卡业务监督管理办法》第 67–70 条、黑龙江省银行业信用卡自律公约；逐条依据见各次判断的记录。',
    en: 'Rules: CBA guidelines on the collection of consumer loans (trial), GB/T 45251-2025, Measures on credit card business Art. 67-70, Heilongjiang convention on credit cards; the article of each refusal stands in the record of the decision.',
  },
];
