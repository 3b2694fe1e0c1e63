import { cellText, type Condition, type ReportTable, type Words } from '#render';
import { Counts, countTable, type CountColumn, type CountGroup } from '#reports';
import type { Dimension } from '../code-table/codes.ts';
import { ROWS, type ComplaintRow } from './rows.ts';

/** Words for a code of a dimension, with those above it; null where no table has it. */
export type CodeNames = (dimension: Dimension, code: string) => Words | null;

const PIECES: Words = { zh: '件', en: 'complaints' };
const PERCENT: Words = { zh: '%', en: '%' };
// No code has brackets.
const NONE = '(none)';
const UNCONFIRMED: Words = { zh: '未确认分类', en: 'Not classified by a person yet' };

const JUDGED: Condition = { column: 'timing', filled: true };
const COLUMNS: readonly CountColumn[] = [
  { id: 'received', label: { zh: '收到', en: 'Received' }, unit: PIECES, where: [] },
  { id: 'onTime', label: { zh: '按期', en: 'On time' }, unit: PIECES, where: [{ column: 'timing', is: 'on-time' }] },
  { id: 'late', label: { zh: '超期', en: 'Late' }, unit: PIECES, where: [{ column: 'timing', is: 'late' }] },
  {
    id: 'onTimeShare',
    label: { zh: '按期率', en: 'Share on time' },
    unit: PERCENT,
    where: [{ column: 'timing', is: 'on-time' }],
    of: { column: 'judged', where: [JUDGED] },
  },
];

interface ByClass {
  readonly id: string;
  readonly dimension: Dimension;
  readonly column: 'area' | 'cause' | 'business' | 'classChannel';
  readonly title: Words;
  readonly rowLabel: Words;
}

const TABLES: readonly ByClass[] = [
  {
    id: 'by-area',
    dimension: 'area',
    column: 'area',
    title: { zh: '按公约五个领域统计', en: 'By the five areas of the convention' },
    rowLabel: { zh: '领域', en: 'Area' },
  },
  {
    id: 'by-cause',
    dimension: 'cause',
    column: 'cause',
    title: { zh: '按投诉原因统计（JR/T 0169）', en: 'By cause (JR/T 0169)' },
    rowLabel: { zh: '投诉原因', en: 'Cause' },
  },
  {
    id: 'by-business',
    dimension: 'business',
    column: 'business',
    title: { zh: '按业务类别统计（JR/T 0169）', en: 'By business (JR/T 0169)' },
    rowLabel: { zh: '业务类别', en: 'Business' },
  },
  {
    id: 'by-class-channel',
    dimension: 'channel',
    column: 'classChannel',
    title: { zh: '按办理渠道统计（JR/T 0169）', en: 'By channel of handling (JR/T 0169)' },
    rowLabel: { zh: '办理渠道', en: 'Channel' },
  },
];

const NOTE: Words = {
  zh: '仅计经人员确认的分类；按期、超期按各投诉自己的期限，未到期、撤回与不予办理的不计入按期率。',
  en: 'Only what a person has confirmed. On time and late by the term of each; what is not due yet, withdrawn or declined is in neither and not in the share.',
};

/** What the complaints of a report are classified as, and how many of each were in time. */
export class ClassTally {
  private readonly counts = new Map(TABLES.map(({ column }) => [column, new Counts()]));

  add(row: ComplaintRow): void {
    const { timing } = row;
    const columns = timing === null ? ['received'] : ['received', 'judged', timing === 'on-time' ? 'onTime' : 'late'];
    for (const [column, counts] of this.counts) counts.add(row[column] ?? NONE, ...columns);
  }

  tables(nameOf: CodeNames): ReportTable[] {
    return TABLES.map(({ id, dimension, column, title, rowLabel }) => {
      const counts = this.counts.get(column) ?? new Counts();
      const label = (key: string): Words => (key === NONE ? UNCONFIRMED : (nameOf(dimension, key) ?? { zh: key, en: key }));
      const groups = counts
        .most('received')
        .map((key): CountGroup => ({ key, label: label(key), where: [{ column, is: key === NONE ? '' : cellText(key) }] }));
      return countTable({ id, title, rowLabel, file: ROWS, columns: COLUMNS, groups, note: NOTE }, counts);
    });
  }
}
