import { BellOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const notificationRoom: Room = {
  id: 'notifications',
  path: 'notifications',
  icon: BellOutlined,
  needs: ['complaints.listNotifications', 'collections.listNotices'],
  routes: [{ index: true, lazy: async () => ({ Component: (await import('./notification-page.tsx')).NotificationPage }) }],
};
