import { EnvironmentOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const visitRoom: Room = {
  id: 'visits',
  path: 'visits',
  icon: EnvironmentOutlined,
  needs: 'collections.listVisits',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./visit-list-page.tsx')).VisitListPage }) },
    { path: ':id', lazy: async () => ({ Component: (await import('./visit-page.tsx')).VisitPage }) },
  ],
};
