import type { Pack } from './pack.ts';
import cnCard from './packs/cn-card.json' with { type: 'json' };

// JSON imports widen literal types; the shape is checked by packs.spec.ts.
const published: readonly Pack[] = [cnCard as unknown as Pack];

/** The newest version of each pack, by name. */
export const PACK_NAMES: readonly string[] = [...new Set(published.map(({ pack }) => pack))];

/** A pack by name, and by version where a recorded decision names one; undefined when there is none. */
export function findPack(name: string, version?: number): Pack | undefined {
  return published.filter(({ pack }) => pack === name).findLast((pack) => version === undefined || pack.version === version);
}
