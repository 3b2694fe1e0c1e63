/** How a complaint stands to its time: each is in exactly one. */
export const BUCKETS = [
  'within-15',
  'within-30',
  'within-60',
  'later',
  'open',
  'overdue',
  'withdrawn',
  'declined',
  'merged',
  'unknown-day',
] as const;
export type Bucket = (typeof BUCKETS)[number];

/** A complaint, as a row of the rows file has it. Local dates are those of the complaint's zone. */
export interface ComplaintRow {
  readonly number: string;
  readonly receivedOn: string;
  readonly channel: string;
  readonly category: string | null;
  /** The agency complained of. */
  readonly agencyId: string | null;
  readonly state: string;
  readonly dueOn: string;
  readonly decidedOn: string | null;
  readonly toldOn: string | null;
  /** From receipt to the day on which it was both decided and told; null when it was not, or nobody knows when. */
  readonly days: number | null;
  readonly bucket: Bucket;
  /** As a person has confirmed them; null: nobody has. */
  readonly area: string | null;
  readonly cause: string | null;
  readonly business: string | null;
  readonly classChannel: string | null;
  /** The version of the code table that it is classified by. */
  readonly codeVersion: number | null;
  /** By its own term; null: not due yet, withdrawn or declined. */
  readonly timing: Timing | null;
}

export type Timing = 'on-time' | 'late';

export const timingOf = (state: string): Timing | null => (state === 'met' ? 'on-time' : state === 'missed' ? 'late' : null);

export const ROWS = 'rows.csv';

export const COMPLAINT_COLUMNS = [
  { id: 'number', label: { zh: '投诉编号', en: 'Number' } },
  { id: 'receivedOn', label: { zh: '收到日期', en: 'Received on' } },
  { id: 'channel', label: { zh: '渠道', en: 'Channel' } },
  { id: 'category', label: { zh: '类别', en: 'Category' } },
  { id: 'agencyId', label: { zh: '被投诉催收机构', en: 'Agency complained of' } },
  { id: 'state', label: { zh: '状态', en: 'State' } },
  { id: 'dueOn', label: { zh: '到期日', en: 'Due on' } },
  { id: 'decidedOn', label: { zh: '决定日期', en: 'Decided on' } },
  { id: 'toldOn', label: { zh: '告知日期', en: 'Told on' } },
  { id: 'days', label: { zh: '办理天数', en: 'Days' } },
  { id: 'bucket', label: { zh: '时效分组', en: 'Bucket' } },
  { id: 'area', label: { zh: '领域', en: 'Area' } },
  { id: 'cause', label: { zh: '投诉原因代码', en: 'Code of the cause' } },
  { id: 'business', label: { zh: '业务类别代码', en: 'Code of the business' } },
  { id: 'classChannel', label: { zh: '办理渠道代码', en: 'Code of the channel' } },
  { id: 'codeVersion', label: { zh: '代码表版本', en: 'Version of the codes' } },
  { id: 'timing', label: { zh: '是否按期', en: 'In time' } },
] as const;

export const complaintCells = (row: ComplaintRow): (string | number | null)[] => [
  row.number,
  row.receivedOn,
  row.channel,
  row.category,
  row.agencyId,
  row.state,
  row.dueOn,
  row.decidedOn,
  row.toldOn,
  row.days,
  row.bucket,
  row.area,
  row.cause,
  row.business,
  row.classChannel,
  row.codeVersion,
  row.timing,
];

/** How a complaint stands, as far as its columns say. */
export interface Standing {
  readonly state: string;
  readonly closed: boolean;
  readonly overdue: boolean;
  readonly days: number | null;
}

/** The bucket of a complaint. What is answered counts by the days it took, whether that was in time or not. */
export function bucketOf({ state, closed, overdue, days }: Standing): Bucket {
  if (state === 'withdrawn' || state === 'declined' || state === 'merged') return state;
  if (!closed) return overdue ? 'overdue' : 'open';
  if (days === null) return 'unknown-day';
  if (days <= 15) return 'within-15';
  if (days <= 30) return 'within-30';
  return days <= 60 ? 'within-60' : 'later';
}
