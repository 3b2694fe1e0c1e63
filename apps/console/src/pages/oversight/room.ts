import { AuditOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const oversightRoom: Room = {
  id: 'oversight',
  path: 'oversight',
  icon: AuditOutlined,
  needs: 'collections.listInspectionFindings',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./overview-page.tsx')).OverviewPage }) },
    { path: 'checklists', lazy: async () => ({ Component: (await import('./checklist-page.tsx')).ChecklistPage }) },
    { path: 'weights', lazy: async () => ({ Component: (await import('./weights-page.tsx')).WeightsPage }) },
    { path: 'inspections/:id', lazy: async () => ({ Component: (await import('./inspection-page.tsx')).InspectionPage }) },
  ],
};
