import type { components } from '../../api/collections.d.ts';

type TaskKind = components['schemas']['TaskView']['kind'];

/** What is to be done, in a few words: one for every kind there is, or the types do not check. */
const kind = {
  'judge-agency-finding': '判断疑似转包线索',
  'take-back-case': '收回委托案件',
  'care-case': '裁定重点关怀案件',
  'prove-special': '核实死亡、破产等特殊情况',
  'judge-fraud': '调查债务人所称的盗用或诈骗',
  'answer-dispute': '答复债务异议',
} as const satisfies Record<TaskKind, string>;

/** Things to do by a time. */
export const task = {
  kind,
} as const;
