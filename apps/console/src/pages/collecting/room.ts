import { FormOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const collectingRoom: Room = {
  id: 'collecting',
  path: 'collecting',
  icon: FormOutlined,
  // Collectors see the scripts in the case and choose a strategy at the worklist.
  needs: ['collections.createScript', 'collections.putStrategy', 'collections.setRecordingTerm'],
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./tabs.tsx')).CollectingStart }) },
    { path: 'scripts', lazy: async () => ({ Component: (await import('./script-list-page.tsx')).ScriptListPage }) },
    { path: 'scripts/new', lazy: async () => ({ Component: (await import('./script-editor-page.tsx')).ScriptEditorPage }) },
    { path: 'strategies', lazy: async () => ({ Component: (await import('./strategy-list-page.tsx')).StrategyListPage }) },
    { path: 'strategies/new', lazy: async () => ({ Component: (await import('./strategy-editor-page.tsx')).StrategyEditorPage }) },
    { path: 'terms', lazy: async () => ({ Component: (await import('./terms-page.tsx')).TermsPage }) },
  ],
};
