import type { ClockPack } from './pack.ts';
import cnBanking2020 from './packs/cn-banking-2020.json' with { type: 'json' };
import cnPboc2020 from './packs/cn-pboc-2020.json' with { type: 'json' };
import ukDisp from './packs/uk-disp.json' with { type: 'json' };
import usCfpb from './packs/us-cfpb.json' with { type: 'json' };

// JSON imports widen literal types; the shape is checked by packs.spec.ts.
const published = [cnBanking2020, cnPboc2020, usCfpb, ukDisp] as unknown as readonly ClockPack[];

/** The packs, each once, by name. */
export const CLOCK_PACK_NAMES: readonly string[] = [...new Set(published.map(({ pack }) => pack))];

/** A pack by name, and by version where a record names one; undefined when there is none. */
export function findClockPack(name: string, version?: number): ClockPack | undefined {
  return published.filter(({ pack }) => pack === name).findLast((pack) => version === undefined || pack.version === version);
}
