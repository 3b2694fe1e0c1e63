import { OrderedListOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const worklistRoom: Room = {
  id: 'worklist',
  path: 'worklist',
  icon: OrderedListOutlined,
  needs: 'collections.takeNextCase',
  homeOf: ['agent', 'agency-supervisor'],
  routes: [{ index: true, lazy: async () => ({ Component: (await import('./worklist-page.tsx')).WorklistPage }) }],
};
