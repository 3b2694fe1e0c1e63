import type { components } from '../../api/collections.d.ts';

type TaskKind = components['schemas']['TaskView']['kind'];

/** What is to be done, in a few words: one for every kind there is, or the types do not check. */
const kind = {
  'judge-agency-finding': '判断疑似转包线索',
  'take-back-case': '收回委托案件',
  'approve-plan': '审批个性化分期方案',
  'sign-plan': '签署分期协议或留存口头协议录音',
  'follow-up-broken-plan': '分期协议违约：决定后续处理',
  'close-paid-plan': '分期已还清：核销剩余欠款',
} as const satisfies Record<TaskKind, string>;

/** Things to do by a time. */
export const task = {
  kind,
} as const;
