import { BankOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const agencyRoom: Room = {
  id: 'agencies',
  path: 'agencies',
  icon: BankOutlined,
  // Who reads one reads them all; the list alone, for choosing from, is open to more.
  needs: 'collections.findAgency',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./agency-list-page.tsx')).AgencyListPage }) },
    { path: 'new', lazy: async () => ({ Component: (await import('./new-agency-page.tsx')).NewAgencyPage }) },
    { path: ':agencyId', lazy: async () => ({ Component: (await import('./agency-page.tsx')).AgencyPage }) },
  ],
};
