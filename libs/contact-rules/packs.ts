import type { Pack } from './pack.ts';
import cnCard1 from './packs/cn-card.1.json' with { type: 'json' };
import cnCard2 from './packs/cn-card.2.json' with { type: 'json' };
import cnHeilongjiang1 from './packs/cn-heilongjiang.1.json' with { type: 'json' };
import inRbi1 from './packs/in-rbi.1.json' with { type: 'json' };
import jpMla1 from './packs/jp-mla.1.json' with { type: 'json' };
import usRegF1 from './packs/us-reg-f.1.json' with { type: 'json' };

// JSON imports widen literal types; the shape is checked against pack.schema.json. Versions of a pack in their order.
const published = [cnCard1, cnCard2, cnHeilongjiang1, usRegF1, inRbi1, jpMla1] as unknown as readonly Pack[];

/** The packs, by name. */
export const PACK_NAMES: readonly string[] = [...new Set(published.map(({ pack }) => pack))];

/** Every version of every pack. */
export const PACKS: readonly Pack[] = published;

/** A pack by name, and by version where one is named, else the newest; undefined when there is none. */
export function findPack(name: string, version?: number): Pack | undefined {
  return published.filter(({ pack }) => pack === name).findLast((pack) => version === undefined || pack.version === version);
}
