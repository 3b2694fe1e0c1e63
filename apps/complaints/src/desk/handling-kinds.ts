/** What people are told of stages, of what branches and agencies are asked, and of notes. */
export const HANDLING_NOTIFICATIONS = ['stage-reminder', 'stage-overdue', 'work-reminder', 'work-overdue', 'note-mention'] as const;

/** What stands of them in the timeline. */
export const HANDLING_TIMELINE = [
  'stage-entered',
  'stage-limited',
  'stage-overdue',
  'task-asked',
  'task-answered',
  'task-returned',
  'task-accepted',
  'task-cancelled',
  'task-overdue',
  'note-added',
  'message-shown',
] as const;
