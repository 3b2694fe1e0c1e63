import { useSyncExternalStore } from 'react';

const SECOND_MS = 1000;

const watchers = new Set<() => void>();
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

// One clock for the whole page: many countdowns, one timer, and all of them change together.
function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  timer ??= setInterval(() => {
    nowMs = Date.now();
    for (const each of watchers) each();
  }, SECOND_MS);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Now, in steps: a page that shows minutes is drawn once a minute. */
export function useNow(stepMs = SECOND_MS): number {
  const read = (): number => {
    if (timer === undefined && Date.now() - nowMs > SECOND_MS) nowMs = Date.now();
    return Math.floor(nowMs / stepMs) * stepMs;
  };
  return useSyncExternalStore(watch, read);
}
