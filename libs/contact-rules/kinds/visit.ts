import { failed, type Kind } from '../kind.ts';

export interface VisitParams {
  readonly minCollectors: number;
}

/** visit-team. CBA26 Art. 22: nobody visits a debtor alone. A collector named twice is one collector. */
export const visit: Kind<VisitParams> = {
  judge({ proposed }, params) {
    if (proposed.channel !== 'visit') return null;
    if (proposed.collectorIds === null) return { missing: 'collectorIds' };
    const collectors = new Set(proposed.collectorIds).size;
    return collectors < params.minCollectors ? failed(params.minCollectors, collectors) : null;
  },
  boundaries: () => [],
};
