const QUICK_MS = 500;
const SLOW_MS = 3000;
const QUICK_FOR = 40;

/** How soon to look at a job again: often at first, for most are over soon; false when it is over. */
export function lookAgain(state: string | undefined, looks: number): number | false {
  if (state === 'done' || state === 'failed') return false;
  return looks < QUICK_FOR ? QUICK_MS : SLOW_MS;
}
