import { SolutionOutlined } from '@ant-design/icons';
import type { Room } from '../../room.ts';

/** Apart from the complaints: people of an agency see what they are asked, and no complaints. */
export const complaintTaskRoom: Room = {
  id: 'complaintTasks',
  path: 'complaint-tasks',
  icon: SolutionOutlined,
  needs: 'complaints.listWorkTasks',
  routes: [{ index: true, lazy: async () => ({ Component: (await import('./my-tasks-page.tsx')).MyTasksPage }) }],
};
