import { SolutionOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const caseRoom: Room = {
  id: 'cases',
  path: 'cases',
  icon: SolutionOutlined,
  needs: 'collections.listCases',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./case-list.tsx')).CaseListPage }) },
    { path: ':id', lazy: async () => ({ Component: (await import('./case-page.tsx')).CasePage }) },
    { path: ':id/attempts/:attemptId', lazy: async () => ({ Component: (await import('./attempt-page.tsx')).AttemptPage }) },
  ],
};
