import { may, useSession } from '../../session/session.ts';
import { SOURCES, type Source } from './api.ts';

const NEEDS = { complaints: 'complaints.listNotifications', collections: 'collections.listNotices' } as const;

/** The services that may tell the reader something. */
export function useSources(): readonly Source[] {
  const session = useSession();
  return SOURCES.filter((source) => may(session, NEEDS[source]));
}
