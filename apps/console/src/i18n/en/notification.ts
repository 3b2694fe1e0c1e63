export const notification = {
  title: 'Notifications',
  bell_one: 'Notifications, {{count}} unread',
  bell_other: 'Notifications, {{count}} unread',
  bellNone: 'Notifications, none unread',
  lead: 'Reminders of due dates, and escalations.',
  unread: 'Unread',
  all: 'All',
  read: 'Mark as read',
  readAll: 'Mark all as read',
  isUnread: 'unread',
  due: 'due on {{date}}',
  open: 'Open the complaint',
  empty: { unread: 'Nothing unread', all: 'No notifications' },
  emptyHelp:
    'The handler is reminded 5, 3 and 1 days before the due date and on it; what is overdue goes to the supervisor and the head office.',
  latest: 'Latest',
  seeAll: 'See all',
} as const;
