import type { ClockPack } from './pack.ts';
import cnBanking2020 from './packs/cn-banking-2020.json' with { type: 'json' };

// JSON imports widen literal types; the shape is checked by packs.spec.ts.
const published: readonly ClockPack[] = [cnBanking2020 as unknown as ClockPack];

/** The packs, each once, by name. */
export const CLOCK_PACK_NAMES: readonly string[] = [...new Set(published.map(({ pack }) => pack))];

/** A pack by name, and by version where a record names one; undefined when there is none. */
export function findClockPack(name: string, version?: number): ClockPack | undefined {
  return published.filter(({ pack }) => pack === name).findLast((pack) => version === undefined || pack.version === version);
}
