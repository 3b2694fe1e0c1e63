import { collections, complaints, take } from '../../api/client.ts';
import type { components as Collections } from '../../api/collections.d.ts';
import type { components } from '../../api/complaints.d.ts';

export type Notification = components['schemas']['NotificationItem'];
export type Notice = Collections['schemas']['NoticeItem'];

/** The services that tell people something. */
export const SOURCES = ['complaints', 'collections'] as const;
export type Source = (typeof SOURCES)[number];

/** One of either service. */
export type Told = ({ readonly source: 'complaints' } & Notification) | ({ readonly source: 'collections' } & Notice);

// Asked for again and again by every open page: this does not keep a session alive that nobody uses.
const IN_BACKGROUND = { 'X-Forbear-Background': '1' };

export const countUnread = async (source: Source, signal: AbortSignal): Promise<number> => {
  const how = { headers: IN_BACKGROUND, signal };
  return source === 'complaints'
    ? (await take(complaints.GET('/v1/notifications/unread-count', how))).count
    : (await take(collections.GET('/v1/notices/unread-count', how))).count;
};

interface Wanted {
  readonly unread: boolean;
  readonly limit: number;
  readonly cursor: string | undefined;
}

export async function listTold(
  source: Source,
  { unread, limit, cursor }: Wanted,
  signal: AbortSignal,
): Promise<{ readonly items: readonly Told[]; readonly nextCursor: string | null }> {
  const how = { params: { query: { limit, ...(unread && { unread }), ...(cursor !== undefined && { cursor }) } }, signal };
  if (source === 'complaints') {
    const page = await take(complaints.GET('/v1/notifications', how));
    return { ...page, items: page.items.map((item) => ({ source, ...item })) };
  }
  const page = await take(collections.GET('/v1/notices', how));
  return { ...page, items: page.items.map((item) => ({ source, ...item })) };
}

export async function markRead({ source, id }: Pick<Told, 'source' | 'id'>): Promise<void> {
  const at = { params: { path: { id } } };
  if (source === 'complaints') await take(complaints.POST('/v1/notifications/{id}/read', at));
  else await take(collections.POST('/v1/notices/{id}/read', at));
}
