import type { Paid } from './types.ts';

export interface Promised {
  readonly id: string;
  readonly cents: bigint;
  /** Epoch milliseconds; what was paid before does not count. */
  readonly madeAt: number;
  /** First instant at which it is broken. */
  readonly breaksAt: number;
}

export interface Settled {
  readonly id: string;
  readonly state: 'open' | 'kept' | 'broken';
  /** What counts towards it. */
  readonly paid: bigint;
  /** When it was kept or broken; null: it is open. */
  readonly at: number | null;
}

/**
 * Which promises of one case were kept. A payment counts once: for the promise that is due first of those that it could serve, what it is more for
 * the next. It serves those made before it and not broken yet.
 */
export function settlePromises(promises: readonly Promised[], payments: readonly Paid[], now: number): Settled[] {
  const inOrder = promises.toSorted((a, b) => a.breaksAt - b.breaksAt || a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1));
  const open = inOrder.map((promise) => ({ promise, paid: 0n, keptAt: null as number | null }));
  for (const { at, cents, knownAt = at } of payments.toSorted((a, b) => a.at - b.at)) {
    let left = cents;
    for (const one of open) {
      const { promise } = one;
      if (left <= 0n) break;
      if (one.keptAt !== null || at < promise.madeAt || knownAt < promise.madeAt || at >= promise.breaksAt) continue;
      const missing = promise.cents - one.paid;
      const taken = left < missing ? left : missing;
      one.paid += taken;
      left -= taken;
      if (one.paid === promise.cents) one.keptAt = at;
    }
  }
  return open.map(({ promise, paid, keptAt }) => {
    if (keptAt !== null) return { id: promise.id, state: 'kept', paid, at: keptAt };
    return promise.breaksAt <= now
      ? { id: promise.id, state: 'broken', paid, at: promise.breaksAt }
      : { id: promise.id, state: 'open', paid, at: null };
  });
}
