import { useSyncExternalStore } from 'react';
import { NARROW_PX } from './tokens.ts';

const query = globalThis.matchMedia?.(`(max-width: ${NARROW_PX - 1}px)`);

function watch(changed: () => void): () => void {
  query?.addEventListener('change', changed);
  return () => query?.removeEventListener('change', changed);
}

/** Whether the window is as narrow as a phone. */
export const useNarrow = (): boolean => useSyncExternalStore(watch, () => query?.matches ?? false);
