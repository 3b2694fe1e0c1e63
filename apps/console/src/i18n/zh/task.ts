import type { components } from '../../api/collections.d.ts';

type TaskKind = components['schemas']['TaskView']['kind'];

/** What is to be done, in a few words: one for every kind there is, or the types do not check. */
const kind = {
  'judge-agency-finding': '判断疑似转包线索',
  'take-back-case': '收回委托案件',
  'plan-inspection': '安排机构现场检查',
  'carry-out-inspection': '开展机构检查',
  'rectify-finding': '整改检查发现并报告',
  'verify-rectification': '核验整改',
  'decide-late-rectification': '处理逾期未整改',
  'evaluate-agency': '开展机构评价',
  'confirm-evaluation': '复核机构评价',
  'approve-sanction': '审批机构惩戒',
  'forced-training': '完成强制培训',
  'report-to-regulator': '报告监管部门',
  'decide-sanction-appeal': '处理惩戒申诉',
  'review-suspension': '复核机构暂停状态',
} as const satisfies Record<TaskKind, string>;

/** Things to do by a time. */
export const task = {
  kind,
} as const;
