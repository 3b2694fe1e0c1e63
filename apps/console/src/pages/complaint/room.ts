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
    { path: 'calendar', lazy: async () => ({ Component: (await import('./calendar/calendar-page.tsx')).CalendarPage }) },
    { path: 'desk', lazy: async () => ({ Component: (await import('./handling/desk-page.tsx')).DeskPage }) },
    { path: 'punctuality', lazy: async () => ({ Component: (await import('./handling/punctuality-page.tsx')).StagePunctualityPage }) },
    { path: 'reviews', lazy: async () => ({ Component: (await import('./after/reviews-page.tsx')).ReviewsPage }) },
    { path: 'rectifications', lazy: async () => ({ Component: (await import('./after/rectifications-page.tsx')).RectificationsPage }) },
    { path: 'rectifications/:id', lazy: async () => ({ Component: (await import('./after/rectification-page.tsx')).RectificationPage }) },
    { path: 'satisfaction', lazy: async () => ({ Component: (await import('./after/satisfaction-page.tsx')).SatisfactionPage }) },
    { path: 'start', lazy: async () => ({ Component: (await import('./supervision/start-page.tsx')).StartPage }) },
    { path: 'search', lazy: async () => ({ Component: (await import('./supervision/search-page.tsx')).SearchPage }) },
    { path: 'approvals', lazy: async () => ({ Component: (await import('./supervision/approvals-page.tsx')).ApprovalsPage }) },
    { path: 'bulks', lazy: async () => ({ Component: (await import('./supervision/bulk-list-page.tsx')).BulkListPage }) },
    { path: 'bulks/:id', lazy: async () => ({ Component: (await import('./supervision/bulk-page.tsx')).BulkPage }) },
    { path: 'exports', lazy: async () => ({ Component: (await import('./supervision/exports-page.tsx')).ExportsPage }) },
    {
      path: 'letter-templates',
      lazy: async () => ({ Component: (await import('./decision/templates-page.tsx')).LetterTemplatesPage }),
    },
    { path: 'approval-matrix', lazy: async () => ({ Component: (await import('./decision/matrix-page.tsx')).ApprovalMatrixPage }) },
    { path: 'code-tables', lazy: async () => ({ Component: (await import('./sorting/code-tables-page.tsx')).CodeTablesPage }) },
    { path: 'code-tables/:version', lazy: async () => ({ Component: (await import('./sorting/code-table-page.tsx')).CodeTablePage }) },
    { path: 'agreement', lazy: async () => ({ Component: (await import('./sorting/agreement-page.tsx')).AgreementPage }) },
    { path: 'suspected', lazy: async () => ({ Component: (await import('./sorting/suspected-page.tsx')).SuspectedPage }) },
    { path: 'bad-faith-signals', lazy: async () => ({ Component: (await import('./sorting/signals-page.tsx')).SignalsPage }) },
    { path: ':id', lazy: async () => ({ Component: (await import('./complaint-page.tsx')).ComplaintPage }) },
  ],
};
