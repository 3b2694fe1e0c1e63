import { ScheduleOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const planRoom: Room = {
  id: 'plans',
  path: 'plans',
  icon: ScheduleOutlined,
  needs: 'collections.listPlans',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./plan-list-page.tsx')).PlanListPage }) },
    { path: 'settings', lazy: async () => ({ Component: (await import('./settings-page.tsx')).RepaymentSettingsPage }) },
    { path: ':id', lazy: async () => ({ Component: (await import('./plan-page.tsx')).PlanPage }) },
  ],
};
