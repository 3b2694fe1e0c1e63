import { SafetyCertificateOutlined } from '@ant-design/icons';
import type { Room } from '../room.ts';

export const evidenceRoom: Room = {
  id: 'evidence',
  path: 'evidence',
  icon: SafetyCertificateOutlined,
  needs: ['collections.listEvidenceHeads', 'complaints.listEvidenceHeads'],
  routes: [
    { index: true, lazy: async () => ({ Component: (await import('./evidence-page.tsx')).EvidencePage }) },
    { path: ':service/:id', lazy: async () => ({ Component: (await import('./record-page.tsx')).RecordPage }) },
  ],
};
