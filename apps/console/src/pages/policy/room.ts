import { ReadOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const policyRoom: Room = {
  id: 'policy',
  path: 'policy',
  icon: ReadOutlined,
  needs: 'collections.findPolicyInForce',
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./in-force-page.tsx')).InForcePage }) },
    { path: 'versions', lazy: async () => ({ Component: (await import('./version-list-page.tsx')).VersionListPage }) },
    { path: 'packs', lazy: async () => ({ Component: (await import('./pack-list-page.tsx')).PackListPage }) },
    { path: 'drafts', lazy: async () => ({ Component: (await import('./draft-list-page.tsx')).DraftListPage }) },
    { path: 'drafts/new', lazy: async () => ({ Component: (await import('./editor/editor-page.tsx')).NewDraftPage }) },
    { path: 'drafts/:id', lazy: async () => ({ Component: (await import('./draft-page.tsx')).DraftPage }) },
    { path: 'drafts/:id/edit', lazy: async () => ({ Component: (await import('./editor/editor-page.tsx')).EditDraftPage }) },
    {
      path: 'drafts/:id/simulations/:simulationId',
      lazy: async () => ({ Component: (await import('./simulation/simulation-page.tsx')).SimulationPage }),
    },
  ],
};
