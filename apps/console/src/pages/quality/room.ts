import { AudioOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const qualityRoom: Room = {
  id: 'quality',
  path: 'quality',
  icon: AudioOutlined,
  needs: ['collections.listQualityReviews', 'collections.listQualityResults'],
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./result-list-page.tsx')).ResultListPage }) },
    { path: 'results/:id', lazy: async () => ({ Component: (await import('./result-page.tsx')).ResultPage }) },
    { path: 'reviews', lazy: async () => ({ Component: (await import('./review-list-page.tsx')).ReviewListPage }) },
    { path: 'reviews/:id', lazy: async () => ({ Component: (await import('./review-page.tsx')).ReviewPage }) },
    { path: 'plans', lazy: async () => ({ Component: (await import('./plan-page.tsx')).PlanPage }) },
    { path: 'sheet', lazy: async () => ({ Component: (await import('./sheet-page.tsx')).SheetPage }) },
    { path: 'calibration', lazy: async () => ({ Component: (await import('./calibration-page.tsx')).CalibrationPage }) },
  ],
};
