import {
  cellText,
  percent,
  percentile,
  type Condition,
  type Figure,
  type ReportDocument,
  type ReportTable,
  type RowsFile,
  type Words,
} from '#render';
import { Counts, countTable, type CountColumn, type CountGroup, type ReportScope } from '#reports';
import { ClassTally, type CodeNames } from './by-class.ts';
import { BUCKETS, ROWS, type Bucket, type ComplaintRow } from './rows.ts';

export const TITLE: Words = { zh: '投诉办理时效报告', en: 'Complaint timeliness report' };

const PIECES: Words = { zh: '件', en: 'complaints' };
const PERCENT: Words = { zh: '%', en: '%' };
const DAYS: Words = { zh: '日', en: 'days' };

/** Long for the figures, short for the head of a column. */
const names: Readonly<Record<Bucket, { readonly long: Words; readonly short: Words }>> = {
  'within-15': { long: { zh: '15 日内决定并告知', en: 'Decided and told within 15 days' }, short: { zh: '15 日内', en: 'Within 15 days' } },
  'within-30': {
    long: { zh: '16 至 30 日决定并告知', en: 'Decided and told in 16 to 30 days' },
    short: { zh: '16–30 日', en: '16-30 days' },
  },
  'within-60': {
    long: { zh: '31 至 60 日决定并告知', en: 'Decided and told in 31 to 60 days' },
    short: { zh: '31–60 日', en: '31-60 days' },
  },
  later: { long: { zh: '60 日后决定并告知', en: 'Decided and told after 60 days' }, short: { zh: '60 日后', en: 'After 60 days' } },
  open: { long: { zh: '办理中（未到期）', en: 'Open, not due yet' }, short: { zh: '办理中', en: 'Open' } },
  overdue: { long: { zh: '办理中（已逾期）', en: 'Open and overdue' }, short: { zh: '逾期', en: 'Overdue' } },
  withdrawn: { long: { zh: '撤回', en: 'Withdrawn' }, short: { zh: '撤回', en: 'Withdrawn' } },
  declined: { long: { zh: '不予办理', en: 'Declined' }, short: { zh: '不予办理', en: 'Declined' } },
  merged: { long: { zh: '并案处理', en: 'Merged into an earlier complaint' }, short: { zh: '并案', en: 'Merged' } },
  'unknown-day': {
    long: { zh: '已办结（导入，日期不详）', en: 'Closed on a day not known (imported)' },
    short: { zh: '日期不详', en: 'Day not known' },
  },
};

const inBucket = (bucket: Bucket): Condition => ({ column: 'bucket', is: bucket });
const COLUMNS: readonly CountColumn[] = [
  { id: 'received', label: { zh: '收到', en: 'Received' }, unit: PIECES, where: [] },
  ...BUCKETS.map((id): CountColumn => ({ id, label: names[id].short, unit: PIECES, where: [inBucket(id)] })),
];
// Kept by the clock: what is due by agreement, extension or pause counts by its own date.
const MET: Condition = { column: 'state', is: 'met' };
const MISSED: Condition = { column: 'state', is: 'missed' };
const ANSWERED: Condition = { column: 'days', filled: true };
// No code of a complaint: those have no brackets.
const NONE = '(none)';

const channels: Readonly<Record<string, Words>> = {
  phone: { zh: '电话', en: 'Phone' },
  web: { zh: '网络', en: 'Web' },
  branch: { zh: '网点', en: 'Branch' },
  letter: { zh: '信函', en: 'Letter' },
  email: { zh: '电子邮件', en: 'E-mail' },
  app: { zh: '手机应用', en: 'App' },
  visit: { zh: '来访', en: 'In person' },
  regulator: { zh: '监管转办', en: 'Forwarded by the regulator' },
};
const categories: Readonly<Record<string, Words>> = {
  collection: { zh: '催收', en: 'Collection' },
  issuing: { zh: '发卡', en: 'Issuing' },
  marketing: { zh: '营销', en: 'Marketing' },
  'card-use': { zh: '用卡', en: 'Card use' },
  'complaint-handling': { zh: '投诉处理', en: 'Complaint handling' },
};
const named = (known: Readonly<Record<string, Words>>, none: Words, id: string): Words =>
  known[id] ?? (id === NONE ? none : { zh: id, en: id });

/** Gathers the report while its rows go by. */
export class TimelinessTally {
  private readonly all = new Counts();
  private readonly byChannel = new Counts();
  private readonly byCategory = new Counts();
  private readonly byAgency = new Counts();
  private readonly byClass = new ClassTally();
  private readonly byDays = new Map<number, number>();

  add(row: ComplaintRow): void {
    const { channel, category, agencyId, state, bucket, days } = row;
    this.byClass.add(row);
    this.all.add('', 'received', bucket, `state-${state}`);
    this.byChannel.add(channel, 'received', bucket);
    this.byCategory.add(category ?? NONE, 'received', bucket);
    this.byAgency.add(agencyId ?? NONE, 'received', bucket);
    if (days !== null) this.byDays.set(days, (this.byDays.get(days) ?? 0) + 1);
  }

  toDocument(scope: ReportScope, nameOf: CodeNames, rowFiles: readonly RowsFile[]): ReportDocument {
    const { institutionId: institution, period, timeZone, generatedAt } = scope;
    return {
      kind: 'complaint-timeliness',
      title: TITLE,
      institution,
      period,
      timeZone,
      generatedAt,
      figures: this.figures(),
      tables: [this.bucketsTable(), this.channelsTable(), this.categoriesTable(), this.agenciesTable(), ...this.byClass.tables(nameOf)],
      chart: {
        title: { zh: '本期收到的投诉：按办理时效', en: 'Complaints received in the period, by the time they took' },
        table: 'by-bucket',
        columns: ['complaints'],
        xLabel: { zh: '办理时效', en: 'Time taken' },
        yLabel: { zh: '投诉件数（件）', en: 'Complaints' },
      },
      notes: NOTES,
      sources: SOURCES,
      rowFiles,
    };
  }

  private figures(): Figure[] {
    const n = (column: string): number => this.all.of('', column);
    const count = (id: string, label: Words, column: string, filter: readonly Condition[]): Figure => ({
      id,
      label,
      value: n(column),
      unit: PIECES,
      trace: { file: ROWS, filter, measure: 'count' },
    });
    const days = [...this.byDays].toSorted(([a], [b]) => a - b);
    const answered = days.reduce((sum, [, times]) => sum + times, 0);
    const rank = (id: string, label: Words, measure: 'median' | 'p90', share: number): Figure => ({
      id,
      label,
      value: percentile(days, share),
      unit: DAYS,
      trace: { file: ROWS, filter: [ANSWERED], measure, column: 'days' },
    });
    return [
      count('received', { zh: '收到', en: 'Received' }, 'received', []),
      ...BUCKETS.map((bucket) => count(bucket, names[bucket].long, bucket, [inBucket(bucket)])),
      {
        id: 'within-15-share',
        label: { zh: '15 日内办结占比（占已告知）', en: 'Share within 15 days, of those told' },
        value: percent(n('within-15'), answered),
        unit: PERCENT,
        trace: { file: ROWS, filter: [inBucket('within-15')], measure: 'share', of: [ANSWERED] },
      },
      count('met', { zh: '按各自期限办结', en: 'Within their own term' }, 'state-met', [MET]),
      count('missed', { zh: '超过各自期限（含未办结）', en: 'Beyond their own term, open ones included' }, 'state-missed', [MISSED]),
      rank('median-days', { zh: '办理天数中位数', en: 'Median of days to telling' }, 'median', 0.5),
      rank('p90-days', { zh: '办理天数第 90 百分位', en: '90th percentile of days to telling' }, 'p90', 0.9),
    ];
  }

  private bucketsTable(): ReportTable {
    const counts = new Counts();
    const columns: CountColumn[] = [{ id: 'complaints', label: { zh: '投诉', en: 'Complaints' }, unit: PIECES, where: [] }];
    const groups = BUCKETS.map((key): CountGroup => ({ key, label: names[key].short, where: [inBucket(key)] }));
    for (const bucket of BUCKETS) counts.add(bucket, ...Array.from({ length: this.all.of('', bucket) }, () => 'complaints'));
    const [title, rowLabel] = [
      { zh: '按办理时效统计', en: 'By the time taken' },
      { zh: '办理时效', en: 'Time taken' },
    ];
    return countTable({ id: 'by-bucket', title, rowLabel, file: ROWS, columns, groups }, counts);
  }

  private channelsTable(): ReportTable {
    const [title, rowLabel] = [
      { zh: '按渠道统计', en: 'By channel' },
      { zh: '渠道', en: 'Channel' },
    ];
    const none = { zh: '未填', en: 'Not given' };
    return this.table('by-channel', 'channel', title, rowLabel, this.byChannel, (id) => named(channels, none, id));
  }

  private categoriesTable(): ReportTable {
    const [title, rowLabel] = [
      { zh: '按类别统计', en: 'By category' },
      { zh: '类别', en: 'Category' },
    ];
    const none = { zh: '未分类', en: 'Not classified' };
    return this.table('by-category', 'category', title, rowLabel, this.byCategory, (id) => named(categories, none, id));
  }

  private agenciesTable(): ReportTable {
    const [title, rowLabel] = [
      { zh: '按被投诉催收机构统计', en: 'By agency complained of' },
      { zh: '催收机构', en: 'Agency' },
    ];
    const none = { zh: '未涉及催收机构', en: 'No agency' };
    return this.table('by-agency', 'agencyId', title, rowLabel, this.byAgency, (id) => named({}, none, id));
  }

  private table(id: string, column: string, title: Words, rowLabel: Words, counts: Counts, label: (id: string) => Words): ReportTable {
    const groups = counts
      .most('received')
      .map((key): CountGroup => ({ key, label: label(key), where: [{ column, is: key === NONE ? '' : cellText(key) }] }));
    return countTable({ id, title, rowLabel, file: ROWS, columns: COLUMNS, groups }, counts);
  }
}

const NOTES: readonly Words[] = [
  {
    zh: '统计对象为报告期内收到的投诉；状态以生成时间为准。',
    en: 'Counted are the complaints received in the period, as they stood at the time of generation.',
  },
  {
    zh: '办理天数为自然日，收到之日为第 0 日，计至既已作出决定又已告知投诉人之日；各时效分组互不重叠，合计等于收到件数。',
    en: 'Days are natural days from receipt, day 0, to the day on which the decision was both made and told. No complaint is in two buckets; together they are all.',
  },
  {
    zh: '各投诉的期限依其台账（情况复杂、延期、暂停、新事实、约定）分别计算，故“按各自期限办结”与天数分组不必一致。',
    en: 'The term of each follows from its ledger (complex, extended, paused, new facts, agreed), so that "within their own term" need not agree with the days.',
  },
  {
    zh: '导入的历史投诉若无决定或告知日期，计入“日期不详”，不计入天数。',
    en: 'Imported complaints without a day of decision or notice are in "day not known" and have no days.',
  },
];

const SOURCES: readonly Words[] = [
  {
    zh: '期限来源：《银行业保险业消费投诉处理管理办法》（银保监会令 2020 年第 3 号）第 18、21、23 条：15 日内作出处理决定并告知，情况复杂的延至 30 日，情况特别复杂或有其他特殊原因经批准的再延 30 日。',
    en: 'Terms: Measures on consumer complaints in banking and insurance (2020 No. 3), Art. 18, 21, 23: decide and tell within 15 days, 30 if complicated, 30 more if especially so and approved.',
  },
];
