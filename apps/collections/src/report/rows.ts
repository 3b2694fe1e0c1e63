export const ROWS = 'rows.csv';
export const FINDINGS = 'lookback-findings.csv';
export const CALLS = 'call-findings.csv';
export const REPEATS = 'repeats.csv';
export const BEFORE = 'period-before.csv';

/** A decision, as a row of the rows file has it. */
export interface DecisionRow {
  readonly id: string;
  readonly decidedAt: string;
  /** In the zone of the report. */
  readonly day: string;
  /** 0 to 23 where the debtor is. */
  readonly localHour: number;
  readonly caseId: string;
  readonly agencyId: string | null;
  readonly channel: string;
  readonly verdict: 'permitted' | 'refused';
  /** That refuse, in the order of the packs, each once. */
  readonly rules: readonly string[];
  /** That only warn, likewise. */
  readonly warnings: readonly string[];
  /** Kinds of consent that it was permitted by alone, and the rules that would have refused without. */
  readonly consents: readonly string[];
  readonly lifted: readonly string[];
  readonly state: 'refused' | 'pending' | 'lapsed' | 'closed';
  readonly result: string | null;
}

export const DECISION_COLUMNS = [
  { id: 'decisionId', label: { zh: '判断编号', en: 'Decision' } },
  { id: 'decidedAt', label: { zh: '判断时间', en: 'Decided at' } },
  { id: 'day', label: { zh: '日期', en: 'Day' } },
  { id: 'localHour', label: { zh: '债务人当地时（0–23）', en: "Hour at the debtor's (0-23)" } },
  { id: 'caseId', label: { zh: '案件编号', en: 'Case' } },
  { id: 'agencyId', label: { zh: '催收机构（空为本行）', en: 'Agency (empty: the institution itself)' } },
  { id: 'channel', label: { zh: '渠道', en: 'Channel' } },
  { id: 'verdict', label: { zh: '结论', en: 'Verdict' } },
  { id: 'firstRule', label: { zh: '首个拒绝规则', en: 'First rule that refuses' } },
  { id: 'rules', label: { zh: '全部拒绝规则（分号分隔）', en: 'All rules that refuse (separated by ;)' } },
  { id: 'state', label: { zh: '许可状态', en: 'State of the permit' } },
  { id: 'result', label: { zh: '联系结果', en: 'Result' } },
  { id: 'month', label: { zh: '月份', en: 'Month' } },
  { id: 'warnings', label: { zh: '提示性规则（分号分隔）', en: 'Rules that warn (separated by ;)' } },
  { id: 'consents', label: { zh: '所依据的同意（分号分隔）', en: 'Consents that it rests on (separated by ;)' } },
  { id: 'lifted', label: { zh: '因同意而不适用的规则（分号分隔）', en: 'Rules lifted by consent (separated by ;)' } },
] as const;

export const decisionCells = (row: DecisionRow): (string | number | null)[] => [
  row.id,
  row.decidedAt,
  row.day,
  row.localHour,
  row.caseId,
  row.agencyId,
  row.channel,
  row.verdict,
  row.rules[0] ?? null,
  row.rules.join(';'),
  row.state,
  row.result,
  row.day.slice(0, 7),
  row.warnings.join(';'),
  row.consents.join(';'),
  row.lifted.join(';'),
];

/** Whose it was: the id of an agency; null the institution itself; `(unknown)` where an older look-back did not keep it. */
export type AgencyOf = string | null;

/** A finding of a look-back that ended in the period. */
export interface FindingRow {
  readonly lookbackId: string;
  readonly finishedOn: string;
  readonly attemptId: string;
  readonly ruleId: string;
  readonly severity: string;
  readonly pack: string;
  readonly agencyId: AgencyOf;
}

export const FINDING_COLUMNS = [
  { id: 'lookbackId', label: { zh: '回溯审查编号', en: 'Look-back' } },
  { id: 'finishedOn', label: { zh: '完成日期', en: 'Finished on' } },
  { id: 'attemptId', label: { zh: '联系编号', en: 'Attempt' } },
  { id: 'ruleId', label: { zh: '规则', en: 'Rule' } },
  { id: 'severity', label: { zh: '严重程度', en: 'Severity' } },
  { id: 'pack', label: { zh: '规则包', en: 'Pack' } },
  { id: 'agencyId', label: { zh: '催收机构（空为本行）', en: 'Agency (empty: the institution itself)' } },
] as const;

export const findingCells = ({ lookbackId, finishedOn, attemptId, ruleId, severity, pack, agencyId }: FindingRow): (string | null)[] => [
  lookbackId,
  finishedOn,
  attemptId,
  ruleId,
  severity,
  pack,
  agencyId,
];

/** A call that the ledger does not bear out, of a reconciliation that ended in the period. */
export interface CallRow {
  readonly reconciliationId: string;
  readonly finishedOn: string;
  readonly line: number;
  readonly finding: string;
  readonly why: string | null;
  readonly agencyId: string | null;
  readonly attemptId: string | null;
  readonly startedAt: string;
}

export const CALL_COLUMNS = [
  { id: 'reconciliationId', label: { zh: '话单核对编号', en: 'Reconciliation' } },
  { id: 'finishedOn', label: { zh: '完成日期', en: 'Finished on' } },
  { id: 'line', label: { zh: '话单行号', en: 'Line of the file' } },
  { id: 'finding', label: { zh: '发现', en: 'Finding' } },
  { id: 'why', label: { zh: '原因', en: 'Why' } },
  { id: 'agencyId', label: { zh: '催收机构（空为本行）', en: 'Agency (empty: the institution itself)' } },
  { id: 'attemptId', label: { zh: '许可编号', en: 'Permit' } },
  { id: 'startedAt', label: { zh: '通话开始时间', en: 'Call began at' } },
] as const;

export const callCells = (row: CallRow): (string | number | null)[] => [
  row.reconciliationId,
  row.finishedOn,
  row.line,
  row.finding,
  row.why,
  row.agencyId,
  row.attemptId,
  row.startedAt,
];

/** Somebody at it again: see the definition in `words.ts`. */
export interface RepeatRow {
  readonly who: 'agency' | 'collector';
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly ruleId: string;
  readonly source: 'refusal' | 'look-back' | 'call-records';
  readonly on: string;
  /** The decision, the attempt or the line of the call records. */
  readonly reference: string;
  readonly earlierSource: 'look-back' | 'call-records';
  readonly earlierOn: string;
}

export const REPEAT_COLUMNS = [
  { id: 'who', label: { zh: '主体', en: 'Who' } },
  { id: 'agencyId', label: { zh: '催收机构（空为本行）', en: 'Agency (empty: the institution itself)' } },
  { id: 'collectorId', label: { zh: '催收人员工号', en: 'Staff number' } },
  { id: 'ruleId', label: { zh: '规则', en: 'Rule' } },
  { id: 'source', label: { zh: '再次发生于', en: 'Again in' } },
  { id: 'on', label: { zh: '再次发生日期', en: 'Again on' } },
  { id: 'reference', label: { zh: '编号', en: 'Reference' } },
  { id: 'earlierSource', label: { zh: '此前发现于', en: 'Found before in' } },
  { id: 'earlierOn', label: { zh: '此前发现日期', en: 'Found before on' } },
] as const;

export const repeatCells = (row: RepeatRow): (string | null)[] => [
  row.who,
  row.agencyId,
  row.collectorId,
  row.ruleId,
  row.source,
  row.on,
  row.reference,
  row.earlierSource,
  row.earlierOn,
];

export const MEASURES = ['asked', 'permitted', 'refused', 'look-back', 'call-records'] as const;
export type Measure = (typeof MEASURES)[number];

/** How much there was of something on a day of the period before. */
export interface BeforeRow {
  readonly day: string;
  readonly measure: Measure;
  readonly count: number;
}

export const BEFORE_COLUMNS = [
  { id: 'day', label: { zh: '日期', en: 'Day' } },
  { id: 'measure', label: { zh: '指标', en: 'Measure' } },
  { id: 'count', label: { zh: '数量', en: 'Count' } },
] as const;

export const beforeCells = ({ day, measure, count }: BeforeRow): (string | number)[] => [day, measure, count];
