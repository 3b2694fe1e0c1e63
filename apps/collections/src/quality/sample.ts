import { createHash } from 'node:crypto';

/** A recording that may be drawn, and the layer that it belongs to: its agency, null for the bank itself. */
export interface Unit {
  readonly id: string;
  readonly agencyId: string | null;
}

export interface Share {
  /** Of each layer, rounded up. */
  readonly percent: number;
  /** At least so many of each layer, as far as there are so many. */
  readonly minimum: number;
  /** Of what is drawn: for a second reviewer who does not see the first's marks. */
  readonly secondPercent: number;
}

export interface DrawnUnit {
  readonly id: string;
  readonly second: boolean;
}

const rank = (seed: string, purpose: string, id: string): string => createHash('sha256').update(`${seed}/${purpose}/${id}`).digest('hex');

/** The first so many in the order of their hashes: every one has the same chance, and whoever has the seed draws the same again. */
function first(seed: string, purpose: string, ids: readonly string[], count: number): string[] {
  if (count >= ids.length) return [...ids].toSorted();
  const ranked = ids.map((id) => [rank(seed, purpose, id), id] as const).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return ranked
    .slice(0, count)
    .map(([, id]) => id)
    .toSorted();
}

export const sizeOf = (all: number, { percent, minimum }: Share): number =>
  Math.min(all, Math.max(minimum, Math.ceil((all * percent) / 100)));

/** Draws of each layer its share, and of what is drawn those that a second reviewer marks. The same whatever the order of the units. */
export function drawSample(seed: string, units: readonly Unit[], share: Share): DrawnUnit[] {
  const layers = new Map<string | null, string[]>();
  for (const { id, agencyId } of units) {
    const layer = layers.get(agencyId);
    if (layer) layer.push(id);
    else layers.set(agencyId, [id]);
  }
  const drawn = [...layers.values()].flatMap((ids) => first(seed, 'draw', ids, sizeOf(ids.length, share)));
  const second = new Set(first(seed, 'second', drawn, Math.ceil((drawn.length * share.secondPercent) / 100)));
  return drawn.toSorted().map((id) => ({ id, second: second.has(id) }));
}
