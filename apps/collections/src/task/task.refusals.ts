import { CONFLICT, FORBIDDEN, type RefusalKind } from '#problem';

const conflict = (code: string, title: string): RefusalKind => ({ ...CONFLICT, code, title });

export const TASK_DONE = conflict('task-done', 'The task has been done');
export const TASK_TAKEN = conflict('task-taken', 'Somebody else has the task');
export const CLOSED_BY_ROOM = conflict('closed-by-its-work', 'The task ends with the work that it is about');
export const NOT_YOUR_TASK: RefusalKind = { ...FORBIDDEN, code: 'not-your-task', title: 'The task is not yours to do' };
export const NOT_SUPERVISOR: RefusalKind = {
  ...FORBIDDEN,
  code: 'not-supervisor',
  title: 'Only a supervisor of whoever has the task moves its due time',
};
