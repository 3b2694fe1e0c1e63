import { useSession } from '../session/session.ts';

const KEEP = 12;

function read(key: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** Ids that this user opened in this browser, latest first: the services hand jobs out by id only. */
export function useRecent(kind: string): {
  readonly ids: readonly string[];
  readonly add: (id: string) => void;
  readonly drop: (id: string) => void;
} {
  const { institutionId, subject } = useSession();
  const key = `forbear-recent:${institutionId}:${subject}:${kind}`;
  const write = (ids: readonly string[]): void => {
    try {
      localStorage.setItem(key, JSON.stringify(ids));
    } catch {
      // No storage, no memory of it.
    }
  };
  return {
    ids: read(key),
    add: (id) => write([id, ...read(key).filter((kept) => kept !== id)].slice(0, KEEP)),
    drop: (id) => write(read(key).filter((kept) => kept !== id)),
  };
}
