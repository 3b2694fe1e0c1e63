import { FileTextOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const reportRoom: Room = {
  id: 'reports',
  path: 'reports',
  icon: FileTextOutlined,
  needs: ['collections.listReports', 'complaints.listReports'],
  homeOf: ['compliance'],
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./report-list-page.tsx')).ReportListPage }) },
    { path: 'schedules', lazy: async () => ({ Component: (await import('./schedules-page.tsx')).SchedulesPage }) },
    { path: 'delivery', lazy: async () => ({ Component: (await import('./delivery-page.tsx')).DeliveryPage }) },
    { path: ':service/:id', lazy: async () => ({ Component: (await import('./report-page.tsx')).ReportPage }) },
  ],
};
