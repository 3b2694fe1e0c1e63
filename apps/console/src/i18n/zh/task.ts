import type { components } from '../../api/collections.d.ts';

type TaskKind = components['schemas']['TaskView']['kind'];

/** What is to be done, in a few words: one for every kind there is, or the types do not check. */
const kind = {
  'judge-agency-finding': '判断疑似转包线索',
  'take-back-case': '收回委托案件',
  'give-referral-notice': '告知债务人委托事项',
  'approve-allocation': '复核分案',
  'verify-objection': '核实异议',
  'tell-objection': '告知异议结果',
  'approve-debtor-change': '复核债务人合并或拆分',
  'approve-party': '复核新增责任人',
  'mend-entrustment': '处理未能委出的案件',
  'hand-back-case': '交还案件资料',
} as const satisfies Record<TaskKind, string>;

/** Things to do by a time. */
export const task = {
  kind,
} as const;
