import type { ReactNode } from 'react';
import { Bell } from '../pages/notification/bell.tsx';
import { useMay } from '../session/session.ts';

/** The place of the bell in the top bar. */
export function NotificationBell(): ReactNode {
  return useMay('complaints.listNotifications') ? <Bell /> : null;
}
