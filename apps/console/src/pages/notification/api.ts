import { complaints, take } from '../../api/client.ts';
import type { components } from '../../api/complaints.d.ts';

export type Notification = components['schemas']['NotificationItem'];

// Asked for again and again by every open page: this does not keep a session alive that nobody uses.
const IN_BACKGROUND = { 'X-Forbear-Background': '1' };

export const countUnread = async (signal: AbortSignal): Promise<number> =>
  (await take(complaints.GET('/v1/notifications/unread-count', { headers: IN_BACKGROUND, signal }))).count;

interface Wanted {
  readonly unread: boolean;
  readonly limit: number;
  readonly cursor: string | undefined;
}

export const listNotifications = (
  { unread, limit, cursor }: Wanted,
  signal: AbortSignal,
): Promise<{ readonly items: readonly Notification[]; readonly nextCursor: string | null }> =>
  take(
    complaints.GET('/v1/notifications', {
      params: { query: { limit, ...(unread && { unread }), ...(cursor !== undefined && { cursor }) } },
      signal,
    }),
  );

export const markRead = (id: string): Promise<Notification> =>
  take(complaints.POST('/v1/notifications/{id}/read', { params: { path: { id } } }));
