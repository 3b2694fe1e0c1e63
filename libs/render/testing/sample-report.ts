import type { ReportDocument, ReportTable, Words } from '../document.ts';

const TIMES: Words = { zh: '次', en: 'times' };
const count = (filter: string) => ({ file: 'rows.csv', filter: [{ column: 'day', is: filter }], measure: 'count' }) as const;

const table = (id: string, title: Words, rows: readonly Words[], columns = 3): ReportTable => ({
  id,
  title,
  rowLabel: { zh: '项目', en: 'Item' },
  columns: Array.from({ length: columns }, (_, index) => ({
    id: `c${index}`,
    label: { zh: `列${index + 1}`, en: `Column ${index + 1}` },
    unit: TIMES,
  })),
  rows: rows.map((label, row) => ({
    key: `r${row}`,
    label,
    cells: Array.from({ length: columns }, (_, index) => ({ value: (row * 37 + index * 1013) % 900, trace: count(`${id}${row}`) })),
  })),
});

/** A report with all that one may have: long words, a correction, two charts, a table of any length. */
export const sampleReport = (days: number): ReportDocument => ({
  kind: 'sample',
  title: { zh: '催收合规报告', en: 'Collections compliance report' },
  institution: 'bank-1',
  period: { from: '2026-10-01', to: '2026-10-31' },
  timeZone: 'Asia/Shanghai',
  generatedAt: '2026-11-01T00:10:00+08:00',
  figures: Array.from({ length: 14 }, (_, index) => ({
    id: `f${index}`,
    label: { zh: `指标之${index + 1}：联系申请`, en: `Figure number ${index + 1}, contacts asked for` },
    value: index === 3 ? null : index * 1234,
    unit: TIMES,
    trace: { file: 'rows.csv', filter: [{ column: 'verdict', is: 'refused' }], measure: 'count' },
    ...(index === 3 ? { suppressed: true as const } : {}),
  })),
  tables: [
    table(
      'by-hour',
      { zh: '按债务人当地时间统计', en: "By hour at the debtor's" },
      Array.from({ length: 24 }, (_, hour) => ({ zh: String(hour), en: String(hour) })),
    ),
    table('by-rule', { zh: '按规则统计的拒绝', en: 'Refusals by rule' }, [
      { zh: '禁止时段（quiet-hours）', en: 'Quiet hours (quiet-hours)' },
      {
        zh: '同一号码未接通次数上限（attempts-per-point）',
        en: 'Unanswered calls to one number, a rule with a long name (attempts-per-point)',
      },
    ]),
    table(
      'buckets',
      { zh: '按时效分组', en: 'By the time taken' },
      [
        { zh: '电话', en: 'Phone' },
        { zh: '网络', en: 'Web' },
      ],
      11,
    ),
    table(
      'by-day',
      { zh: '按日统计', en: 'By day' },
      Array.from({ length: days }, (_, day) => ({ zh: `10-${(day % 31) + 1}`, en: `10-${(day % 31) + 1}` })),
    ),
  ],
  chart: {
    title: { zh: '各时段联系申请', en: 'Contacts asked for by hour' },
    table: 'by-hour',
    columns: ['c0', 'c1'],
    xLabel: { zh: '债务人当地时间（时）', en: "Hour at the debtor's" },
    yLabel: { zh: '申请次数（次）', en: 'Attempts' },
  },
  trend: {
    title: { zh: '逐日趋势', en: 'Day by day' },
    table: 'by-day',
    columns: ['c0', 'c1'],
    xLabel: { zh: '日期', en: 'Day' },
    yLabel: { zh: '申请次数（次）', en: 'Attempts' },
  },
  edition: {
    version: 2,
    audience: 'internal',
    subject: null,
    evidenceHead: null,
    sha256: 'ab'.repeat(32),
    correction: {
      of: '01a22c89-a04d-72f7-b179-4643821d1a27',
      version: 1,
      reason: '一条测试记录误计入',
      changes: [{ id: 'f1', label: { zh: '联系申请', en: 'Contacts asked for' }, unit: TIMES, before: 1235, after: 1234 }],
    },
  },
  notes: [
    {
      zh: '统计对象为报告期内向联系闸门提出的每一次申请；被拒绝的申请同样留痕计入。',
      en: 'Counted is every contact that the gate was asked for in the period, refused ones included.',
    },
  ],
  sources: [{ zh: '规则来源：黑龙江省银行业信用卡自律公约。', en: 'Rules: Heilongjiang convention on credit cards.' }],
  rowFiles: [
    { name: 'rows.csv', title: { zh: '每一行', en: 'Every row' }, columns: [{ id: 'day', label: { zh: '日期', en: 'Day' } }], rows: 31 },
  ],
});
