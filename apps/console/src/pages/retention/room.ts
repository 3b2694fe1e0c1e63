import { HourglassOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const retentionRoom: Room = {
  id: 'retention',
  path: 'retention',
  icon: HourglassOutlined,
  needs: ['collections.listRetentionKinds', 'complaints.listRetentionKinds'],
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./retention-page.tsx')).RetentionPage }) },
    { path: ':service/:id', lazy: async () => ({ Component: (await import('./run-page.tsx')).RunPage }) },
  ],
};
