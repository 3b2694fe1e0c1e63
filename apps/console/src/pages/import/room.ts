import { ImportOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const importRoom: Room = {
  id: 'imports',
  path: 'imports',
  icon: ImportOutlined,
  needs: 'collections.findImport',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./import-start.tsx')).ImportStartPage }) },
    { path: ':id', lazy: async () => ({ Component: (await import('./import-page.tsx')).ImportPage }) },
  ],
};
