import { CommentOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const complaintRoom: Room = {
  id: 'complaints',
  path: 'complaints',
  icon: CommentOutlined,
  needs: 'complaints.listComplaints',
  homeOf: ['complaint-handler', 'complaint-supervisor', 'head-office-approver'],
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./board/board-page.tsx')).BoardPage }) },
    { path: 'new', lazy: async () => ({ Component: (await import('./register/register-page.tsx')).RegisterPage }) },
    { path: 'import', lazy: async () => ({ Component: (await import('./import-page.tsx')).ComplaintImportPage }) },
    { path: ':id', lazy: async () => ({ Component: (await import('./complaint-page.tsx')).ComplaintPage }) },
  ],
};
