import { CONFLICT, type RefusalKind } from '#problem';

export const TASK_STATE: RefusalKind = { ...CONFLICT, code: 'task-state', title: 'The task is not at a point where this can be done' };
export const COMPLAINT_OVER: RefusalKind = {
  ...CONFLICT,
  code: 'complaint-over',
  title: 'The complaint is closed: nobody is asked about it any more',
};
