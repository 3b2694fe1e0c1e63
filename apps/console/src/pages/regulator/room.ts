import { AuditOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const regulatorRoom: Room = {
  id: 'regulator',
  path: 'regulator',
  icon: AuditOutlined,
  needs: ['collections.listRegulatorReads', 'complaints.listRegulatorReads'],
  homeOf: ['regulator'],
  routes: [{ index: true, lazy: async () => ({ Component: (await import('./regulator-page.tsx')).RegulatorPage }) }],
};
