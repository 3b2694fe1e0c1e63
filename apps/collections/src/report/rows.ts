export const ROWS = 'rows.csv';
export const FINDINGS = 'lookback-findings.csv';

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
];

/** A finding of a look-back that ended in the period. */
export interface FindingRow {
  readonly lookbackId: string;
  readonly finishedOn: string;
  readonly attemptId: string;
  readonly ruleId: string;
  readonly severity: string;
  readonly pack: string;
}

export const FINDING_COLUMNS = [
  { id: 'lookbackId', label: { zh: '回溯审查编号', en: 'Look-back' } },
  { id: 'finishedOn', label: { zh: '完成日期', en: 'Finished on' } },
  { id: 'attemptId', label: { zh: '联系编号', en: 'Attempt' } },
  { id: 'ruleId', label: { zh: '规则', en: 'Rule' } },
  { id: 'severity', label: { zh: '严重程度', en: 'Severity' } },
  { id: 'pack', label: { zh: '规则包', en: 'Pack' } },
] as const;

export const findingCells = ({ lookbackId, finishedOn, attemptId, ruleId, severity, pack }: FindingRow): string[] => [
  lookbackId,
  finishedOn,
  attemptId,
  ruleId,
  severity,
  pack,
];
