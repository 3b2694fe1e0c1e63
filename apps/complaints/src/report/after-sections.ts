import type { Words } from '#render';
import type { DataParts } from '#reports';
import { AFTER_FILES, EXTENSIONS, OVERDUE, REVIEWS, SATISFACTION, CAUSES, EFFECTS } from './after-files.ts';

const PIECES: Words = { zh: '件', en: 'complaints' };
const TIMES: Words = { zh: '次', en: 'times' };
const ITEMS: Words = { zh: '项', en: 'items' };
const POINTS: Words = { zh: '分', en: 'points' };
const PERCENT: Words = { zh: '%', en: '%' };

const causes: Readonly<Record<string, Words>> = {
  rule: { zh: '制度', en: 'Rule' },
  process: { zh: '流程', en: 'Process' },
  system: { zh: '系统', en: 'System' },
  people: { zh: '人员', en: 'People' },
  product: { zh: '产品', en: 'Product' },
  agency: { zh: '催收机构', en: 'Agency' },
  script: { zh: '话术', en: 'Script' },
  other: { zh: '其他', en: 'Other' },
};
const reasons: Readonly<Record<string, Words>> = {
  'waited-for-an-answer': { zh: '等待协办部门答复', en: 'Waited for an answer of another unit' },
  'without-handler': { zh: '尚未分派', en: 'Nobody had it' },
  'not-decided': { zh: '未按期作出决定', en: 'Not decided in time' },
  'decided-not-told': { zh: '已决定未按期告知', en: 'Decided and not told in time' },
};
const outcomes: Readonly<Record<string, Words>> = {
  upheld: { zh: '维持', en: 'Upheld' },
  changed: { zh: '变更', en: 'Changed' },
  'sent-back': { zh: '退回重办', en: 'Sent back' },
};
const effects: Readonly<Record<string, Words>> = {
  shown: { zh: '有效', en: 'Effect shown' },
  'not-shown': { zh: '未见效果', en: 'No effect shown' },
  'too-few': { zh: '样本不足', en: 'Too few to say' },
  worse: { zh: '恶化', en: 'Worse' },
};
const groups = (names: Readonly<Record<string, Words>>, of: string) =>
  Object.entries(names).map(([key, label]) => ({ key, label, where: [{ column: of, is: key }] }));

const ANSWERED = { column: 'state', is: 'answered' } as const;
const IMPLEMENTED = { column: 'implementedOn', filled: true } as const;

/** What the timeliness report says of what comes beside and after the decision. */
export const AFTER_SECTIONS: DataParts = {
  files: AFTER_FILES,
  figures: [
    { id: 'extensions', label: { zh: '延期', en: 'Extensions' }, unit: TIMES, file: EXTENSIONS, filter: [] },
    { id: 'overdue-all', label: { zh: '超期（含已办结）', en: 'Late, closed ones included' }, unit: PIECES, file: OVERDUE, filter: [] },
    { id: 'reviews', label: { zh: '核查申请', en: 'Reviews asked for' }, unit: TIMES, file: REVIEWS, filter: [] },
    {
      id: 'reviews-changed',
      label: { zh: '核查后变更或退回', en: 'Reviews that changed or sent back' },
      unit: TIMES,
      file: REVIEWS,
      filter: [
        { column: 'outcome', filled: true },
        { column: 'outcome', isNot: 'upheld' },
      ],
    },
    {
      id: 'reviews-late',
      label: { zh: '核查超期', en: 'Reviews that were late' },
      unit: TIMES,
      file: REVIEWS,
      filter: [{ column: 'timing', is: 'late' }],
    },
    { id: 'callbacks', label: { zh: '满意度回访', en: 'Call-backs about satisfaction' }, unit: TIMES, file: SATISFACTION, filter: [] },
    { id: 'callbacks-answered', label: { zh: '已作评价', en: 'Answered' }, unit: TIMES, file: SATISFACTION, filter: [ANSWERED] },
    {
      id: 'satisfied-share',
      label: { zh: '满意率（4–5 分占已评价）', en: 'Share of scores 4 and 5' },
      unit: PERCENT,
      file: SATISFACTION,
      filter: [ANSWERED, { column: 'score', isNot: '1' }, { column: 'score', isNot: '2' }, { column: 'score', isNot: '3' }],
      measure: 'share',
      of: [ANSWERED],
    },
    {
      id: 'median-score',
      label: { zh: '评分中位数', en: 'Median score' },
      unit: POINTS,
      file: SATISFACTION,
      filter: [ANSWERED],
      measure: 'median',
      column: 'score',
    },
    { id: 'root-causes', label: { zh: '确认根因', en: 'Root causes confirmed' }, unit: ITEMS, file: CAUSES, filter: [] },
    { id: 'rectifications', label: { zh: '应完成或已完成整改', en: 'Rectifications due or done' }, unit: ITEMS, file: EFFECTS, filter: [] },
    {
      id: 'rectifications-done',
      label: { zh: '已完成整改', en: 'Rectifications done' },
      unit: ITEMS,
      file: EFFECTS,
      filter: [IMPLEMENTED],
    },
    {
      id: 'rectifications-late',
      label: { zh: '整改逾期', en: 'Rectifications late' },
      unit: ITEMS,
      file: EFFECTS,
      filter: [{ column: 'late', is: 'yes' }],
    },
  ],
  tables: [
    {
      id: 'extensions-by-level',
      title: { zh: '延期（按批准层级）', en: 'Extensions by who approved them' },
      rowLabel: { zh: '批准层级', en: 'Level' },
      file: EXTENSIONS,
      groups: groups({ superior: { zh: '上级', en: 'Superior' }, 'head-office': { zh: '总行', en: 'Head office' } }, 'level'),
      columns: [{ id: 'times', label: { zh: '次数', en: 'Times' }, unit: TIMES, where: [] }],
    },
    {
      id: 'overdue-by-reason',
      title: { zh: '超期原因', en: 'Why complaints were late' },
      rowLabel: { zh: '原因', en: 'Why' },
      file: OVERDUE,
      groups: groups(reasons, 'reason'),
      columns: [
        { id: 'late', label: { zh: '超期', en: 'Late' }, unit: PIECES, where: [] },
        { id: 'open', label: { zh: '仍未办结', en: 'Still open' }, unit: PIECES, where: [{ column: 'open', is: 'yes' }] },
      ],
      note: {
        zh: '原因按到期时的台账判定，非经办人填写。',
        en: 'Told from the records at the time it was due, not filled in by a handler.',
      },
    },
    {
      id: 'reviews-by-outcome',
      title: { zh: '核查结论', en: 'Reviews by outcome' },
      rowLabel: { zh: '结论', en: 'Outcome' },
      file: REVIEWS,
      groups: [
        ...groups(outcomes, 'outcome'),
        { key: '(open)', label: { zh: '未作出', en: 'Not decided' }, where: [{ column: 'outcome', is: '' }] },
      ],
      columns: [
        { id: 'reviews', label: { zh: '核查', en: 'Reviews' }, unit: TIMES, where: [] },
        { id: 'onTime', label: { zh: '按期', en: 'On time' }, unit: TIMES, where: [{ column: 'timing', is: 'on-time' }] },
      ],
    },
    {
      id: 'satisfaction-by-score',
      title: { zh: '满意度评分', en: 'Satisfaction by score' },
      rowLabel: { zh: '评分', en: 'Score' },
      file: SATISFACTION,
      groups: ['5', '4', '3', '2', '1'].map((key) => ({ key, label: { zh: `${key} 分`, en: key }, where: [{ column: 'score', is: key }] })),
      columns: [
        { id: 'answers', label: { zh: '评价', en: 'Answers' }, unit: TIMES, where: [] },
        { id: 'resolved', label: { zh: '已解决', en: 'Resolved' }, unit: TIMES, where: [{ column: 'resolved', is: 'yes' }] },
      ],
    },
    {
      id: 'root-causes-by-kind',
      title: { zh: '根因', en: 'Root causes by kind' },
      rowLabel: { zh: '根因', en: 'Kind' },
      file: CAUSES,
      groups: groups(causes, 'kind'),
      columns: [{ id: 'causes', label: { zh: '根因', en: 'Causes' }, unit: ITEMS, where: [] }],
    },
    {
      id: 'rectifications-by-effect',
      title: { zh: '整改效果', en: 'Rectifications by their effect' },
      rowLabel: { zh: '整改效果', en: 'Effect' },
      file: EFFECTS,
      groups: [
        ...groups(effects, 'effect'),
        { key: '(none)', label: { zh: '尚未衡量', en: 'Not measured' }, where: [{ column: 'effect', is: '' }] },
      ],
      columns: [
        { id: 'rectifications', label: { zh: '整改', en: 'Rectifications' }, unit: ITEMS, where: [] },
        { id: 'done', label: { zh: '已完成', en: 'Done' }, unit: ITEMS, where: [IMPLEMENTED] },
        { id: 'late', label: { zh: '逾期', en: 'Late' }, unit: ITEMS, where: [{ column: 'late', is: 'yes' }] },
      ],
      note: {
        zh: '效果为整改前后同类投诉数的统计检验结论。',
        en: 'The verdict of a test on the numbers of like complaints before and after.',
      },
    },
  ],
};
