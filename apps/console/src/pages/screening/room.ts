import { FilterOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const screeningRoom: Room = {
  id: 'screening',
  path: 'screenings',
  icon: FilterOutlined,
  needs: 'collections.listScreenings',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./screening-list-page.tsx')).ScreeningListPage }) },
    { path: ':id', lazy: async () => ({ Component: (await import('./screening-page.tsx')).ScreeningPage }) },
  ],
};
