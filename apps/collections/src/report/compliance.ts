import { percent, type Condition, type Figure, type ReportDocument, type RowsFile, type Words } from '#render';
import { Counts, type ReportScope } from '#reports';
import * as tables from './compliance-tables.ts';
import { is, NOTES, PERCENT, PIECES, SOURCES, TIMES, TITLE } from './compliance-words.ts';
import { OWN } from './names.ts';
import * as oversight from './oversight-tables.ts';
import {
  CALLS,
  FINDINGS,
  REPEATS,
  ROWS,
  type BeforeRow,
  type CallRow,
  type DecisionRow,
  type FindingRow,
  type Measure,
  type RepeatRow,
} from './rows.ts';

const { PERMITTED, REFUSED, pair } = tables;

/** Gathers the report while its rows go by. */
export class ComplianceTally {
  private readonly all = new Counts();
  private readonly byRule = new Counts();
  private readonly byAgencyRule = new Counts();
  private readonly warnings = new Counts();
  private readonly consents = new Counts();
  private readonly lifted = new Counts();
  private readonly byHour = new Counts();
  private readonly byAgency = new Counts();
  private readonly byChannel = new Counts();
  private readonly byDay = new Counts();
  private readonly byMonth = new Counts();
  private readonly byResult = new Counts();
  private readonly findings = new Counts();
  private readonly findingsByAgency = new Counts();
  private readonly calls = new Counts();
  private readonly repeatAgencies = new Counts();
  private readonly repeatCollectors = new Counts();
  private readonly before = new Map<Measure, number>();

  add(row: DecisionRow): void {
    const { day, localHour, channel, verdict, rules, state, result } = row;
    const agency = row.agencyId ?? OWN;
    this.all.add('', 'asked', verdict, `state-${state}`);
    this.addReasons(row, agency);
    this.byHour.add(String(localHour), 'asked', verdict, channel);
    this.byAgency.add(agency, 'asked', verdict);
    this.byChannel.add(channel, 'asked', verdict);
    this.byDay.add(day, 'asked', verdict);
    this.byMonth.add(day.slice(0, 7), 'asked', verdict);
    if (rules[0] !== undefined) {
      this.byRule.add(rules[0], 'first');
      this.byAgencyRule.add(pair(agency, rules[0]), 'first');
    }
    if (result !== null) this.byResult.add(result, 'times');
  }

  private addReasons({ verdict, rules, warnings, consents, lifted }: DecisionRow, agency: string): void {
    for (const rule of rules) {
      this.byRule.add(rule, 'all');
      this.byAgencyRule.add(pair(agency, rule), 'all');
    }
    for (const rule of warnings) this.warnings.add(rule, 'all', verdict);
    if (warnings.length > 0 && verdict === 'permitted') this.all.add('', 'warned');
    for (const kind of consents) this.consents.add(kind, 'permitted');
    for (const rule of lifted) this.lifted.add(rule, 'lifted');
    if (lifted.length > 0) this.all.add('', 'by-consent');
  }

  addFinding({ ruleId, severity, agencyId }: FindingRow): void {
    this.all.add('', 'findings');
    this.findings.add(ruleId, 'all', severity);
    this.findingsByAgency.add(pair(agencyId ?? OWN, ruleId), 'all', severity);
  }

  addCall({ agencyId, finding }: CallRow): void {
    this.all.add('', 'calls', `call-${finding}`);
    this.calls.add(agencyId ?? OWN, 'all', finding);
  }

  addRepeat({ who, agencyId, collectorId, ruleId, source }: RepeatRow): void {
    this.all.add('', `repeats-${who}`);
    const agency = agencyId ?? OWN;
    if (who === 'agency') this.repeatAgencies.add(pair(agency, ruleId), 'all', source);
    else this.repeatCollectors.add(pair(agency, collectorId ?? '', ruleId), 'all', source);
  }

  addBefore({ measure, count }: BeforeRow): void {
    this.before.set(measure, (this.before.get(measure) ?? 0) + count);
  }

  toDocument(scope: ReportScope, rowFiles: readonly RowsFile[]): ReportDocument {
    const now = (measure: Measure): number =>
      this.all.of('', measure === 'look-back' ? 'findings' : measure === 'call-records' ? 'calls' : measure);
    return {
      kind: 'collections-compliance',
      title: TITLE,
      institution: scope.institutionId,
      period: scope.period,
      timeZone: scope.timeZone,
      generatedAt: scope.generatedAt,
      figures: this.figures(),
      tables: [
        oversight.comparisonTable(now, (measure) => this.before.get(measure) ?? 0),
        ...tables.monthsTable(scope, this.byMonth),
        tables.rulesTable(this.byRule),
        tables.ruleAgencyTable(this.byAgencyRule),
        tables.warningsTable(this.warnings),
        tables.consentsTable(this.consents),
        tables.liftedTable(this.lifted),
        tables.hoursTable(this.byHour),
        tables.hourChannelTable(this.byHour),
        tables.agenciesTable(this.byAgency),
        tables.channelsTable(this.byChannel),
        tables.resultsTable(this.byResult),
        oversight.findingsTable(this.findings),
        oversight.findingsByAgencyTable(this.findingsByAgency),
        oversight.callsTable(this.calls),
        oversight.repeatAgenciesTable(this.repeatAgencies),
        oversight.repeatCollectorsTable(this.repeatCollectors),
        tables.daysTable(scope, this.byDay),
      ],
      ...CHARTS,
      notes: this.isNil ? [NIL, ...NOTES] : NOTES,
      sources: SOURCES,
      rowFiles,
    };
  }

  private get isNil(): boolean {
    return ['asked', 'findings', 'calls'].every((column) => this.all.of('', column) === 0);
  }

  private figures(): Figure[] {
    const n = (column: string): number => this.all.of('', column);
    const counted =
      (file: string, unit: Words) =>
      (id: string, zh: string, en: string, column: string, ...filter: Condition[]): Figure => ({
        id,
        label: { zh, en },
        value: n(column),
        unit,
        trace: { file, filter, measure: 'count' },
      });
    const contacts = counted(ROWS, TIMES);
    const calls = counted(CALLS, PIECES);
    const repeats = counted(REPEATS, TIMES);
    return [
      contacts('asked', '联系申请', 'Contacts asked for', 'asked'),
      contacts('permitted', '许可', 'Permitted', 'permitted', PERMITTED),
      contacts('refused', '拒绝', 'Refused', 'refused', REFUSED),
      {
        id: 'refused-share',
        label: { zh: '拒绝占比', en: 'Share refused' },
        value: percent(n('refused'), n('asked')),
        unit: PERCENT,
        trace: { file: ROWS, filter: [REFUSED], measure: 'share', of: [] },
      },
      contacts('closed', '许可已登记结果', 'Permits with an outcome', 'state-closed', is('state', 'closed')),
      contacts('lapsed', '许可已失效（未登记结果）', 'Permits lapsed without an outcome', 'state-lapsed', is('state', 'lapsed')),
      contacts('pending', '许可待登记结果', 'Permits still pending', 'state-pending', is('state', 'pending')),
      contacts('warned', '带提示的许可', 'Permitted with a warning', 'warned', PERMITTED, { column: 'warnings', filled: true }),
      contacts('by-consent', '依同意方可许可', 'Permitted only because of a consent', 'by-consent', { column: 'lifted', filled: true }),
      counted(FINDINGS, PIECES)('lookback-findings', '回溯审查发现', 'Findings of look-backs', 'findings'),
      calls('call-findings', '话单核对发现', 'Findings of call records', 'calls'),
      calls('calls-without-permit', '有通话无许可', 'Calls without a permit', 'call-no-permit', is('finding', 'no-permit')),
      repeats('repeats-of-agencies', '机构再次发生', 'Done again by agencies', 'repeats-agency', is('who', 'agency')),
      repeats('repeats-of-collectors', '催收人员再次发生', 'Done again by collectors', 'repeats-collector', is('who', 'collector')),
    ];
  }
}

const NIL: Words = {
  zh: '零报告：报告期内没有任何申请，亦无审查发现。',
  en: 'Nil report: nothing was asked for in the period, and audits found nothing.',
};

const CHARTS: Pick<ReportDocument, 'chart' | 'trend'> = {
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
};
