import { PartitionOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const portfolioRoom: Room = {
  id: 'portfolio',
  path: 'portfolio',
  icon: PartitionOutlined,
  needs: ['collections.listAllocations', 'collections.listObjections'],
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./start-page.tsx')).PortfolioStart }) },
    { path: 'allocations', lazy: async () => ({ Component: (await import('./allocation-list-page.tsx')).AllocationListPage }) },
    { path: 'allocations/:id', lazy: async () => ({ Component: (await import('./allocation-page.tsx')).AllocationPage }) },
    { path: 'waiting', lazy: async () => ({ Component: (await import('./waiting-page.tsx')).WaitingPage }) },
    { path: 'share', lazy: async () => ({ Component: (await import('./share-page.tsx')).SharePage }) },
    { path: 'objections', lazy: async () => ({ Component: (await import('./objection-list-page.tsx')).ObjectionListPage }) },
    { path: 'debtors', lazy: async () => ({ Component: (await import('./debtor-page.tsx')).DebtorPage }) },
    { path: 'settings', lazy: async () => ({ Component: (await import('./setting-page.tsx')).SettingPage }) },
  ],
};
