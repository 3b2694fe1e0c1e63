import type { components } from '../../api/collections.d.ts';

type TaskKind = components['schemas']['TaskView']['kind'];

/** What is to be done, in a few words: one for every kind there is, or the types do not check. */
const kind = {
  'judge-agency-finding': '判断疑似转包线索',
  'decide-agency-step': '复核机构准入或退出',
  'confirm-agency-certificate': '确认催收员培训证书',
  'renew-agency-licence': '更新机构许可证',
  'renew-agency-contract': '续签机构合同',
  'renew-agency-document': '更新机构文件',
  'renew-agency-certificate': '更新催收员培训证书',
  'train-collector': '安排催收员年度培训',
  'take-back-case': '收回委托案件',
} as const satisfies Record<TaskKind, string>;

/** Things to do by a time. */
export const task = {
  kind,
} as const;
