import { FileSearchOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const lookbackRoom: Room = {
  id: 'lookback',
  path: 'lookback',
  icon: FileSearchOutlined,
  needs: 'collections.findLookback',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./lookback-start.tsx')).LookbackStartPage }) },
    { path: ':id', lazy: async () => ({ Component: (await import('./lookback-page.tsx')).LookbackPage }) },
  ],
};
