import { CarryOutOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const taskRoom: Room = {
  id: 'tasks',
  path: 'tasks',
  icon: CarryOutOutlined,
  needs: 'collections.listTasks',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./task-list-page.tsx')).TaskListPage }) },
    { path: 'punctuality', lazy: async () => ({ Component: (await import('./punctuality-page.tsx')).PunctualityPage }) },
    { path: 'limits', lazy: async () => ({ Component: (await import('./limits-page.tsx')).LimitsPage }) },
    { path: ':id', lazy: async () => ({ Component: (await import('./task-page.tsx')).TaskPage }) },
  ],
};
