import type { ReactNode } from 'react';

/** The place of the bell in the top bar. */
export function NotificationBell(): ReactNode {
  return null;
}
