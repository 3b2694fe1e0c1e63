import { HeartOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const careRoom: Room = {
  id: 'care',
  path: 'care',
  icon: HeartOutlined,
  needs: 'collections.listCareCases',
  routes: [{ index: true, lazy: async () => ({ Component: (await import('./care-page.tsx')).CarePage }) }],
};
