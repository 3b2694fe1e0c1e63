import type { ReactNode } from 'react';
import { Bell } from '../pages/notification/bell.tsx';
import { useSources } from '../pages/notification/use-sources.ts';

/** The place of the bell in the top bar. */
export function NotificationBell(): ReactNode {
  return useSources().length > 0 ? <Bell /> : null;
}
