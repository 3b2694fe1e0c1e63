import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { ActService } from '../act/act.service.ts';
import { localInstantOrNull } from '../oversight/local-days.ts';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { bankOnly } from '../oversight/oversight.refusals.ts';
import { STALE_WEIGHTS, WEIGHTS_REFUSED } from './evaluation.refusals.ts';
import { EvaluationStore } from './evaluation.store.ts';
import type { WeightsRequest, WeightsView } from './weights.dto.ts';
import { checkWeights, COMPONENTS, DEFAULT_WEIGHTS, PERFORMANCE_COMPONENTS, type ComponentId, type Weights } from './weights.ts';

export interface VersionedWeights {
  readonly version: number;
  readonly weights: Weights;
}

/** How the parts of a score weigh, in versions; what has been evaluated keeps the version that it was evaluated with. */
@Injectable()
export class WeightsService {
  constructor(
    @Inject(OversightDesk) private readonly desk: OversightDesk,
    @Inject(EvaluationStore) private readonly store: EvaluationStore,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  find(principal: Principal): Promise<WeightsView> {
    return this.desk.read(principal, (tx) => this.view(tx, principal.institutionId));
  }

  /** The next version. Refuses with FORBIDDEN, WEIGHTS_REFUSED naming the article, STALE_WEIGHTS. */
  async set(principal: Principal, { version, components, bands, note }: WeightsRequest): Promise<WeightsView> {
    bankOnly(principal);
    const { institutionId, subject: setBy } = principal;
    const weights: Weights = { components: inOrder((id) => components[id]), bands: { A: bands.A, B: bands.B, C: bands.C } };
    const errors = checkWeights(weights);
    if (errors.length > 0) throw new Refusal(WEIGHTS_REFUSED, { errors });
    return this.desk.read(principal, async (tx) => {
      const before = await this.inForce(tx, institutionId);
      const setAt = await this.desk.now(tx);
      const next = { version: version + 1, weights, note, setBy, setAt };
      if (before.version !== version || !(await this.store.addWeights(tx, institutionId, next)))
        throw new Refusal(STALE_WEIGHTS, { detail: 'Read them again, then set them.' });
      const detail = { version: next.version };
      await this.acts.note(tx, principal, { action: 'evaluation-weights', resource: 'evaluation-weights', detail }, setAt);
      return this.view(tx, institutionId);
    });
  }

  async inForce(tx: Tx, institutionId: string): Promise<VersionedWeights> {
    return (await this.store.weights(tx, institutionId)) ?? { version: 1, weights: DEFAULT_WEIGHTS };
  }

  private async view(tx: Tx, institutionId: string): Promise<WeightsView> {
    const record = await this.store.weights(tx, institutionId);
    const { components, bands } = record?.weights ?? DEFAULT_WEIGHTS;
    return {
      version: record?.version ?? 1,
      components: COMPONENTS.map((component) => {
        const { weight, full, none } = components[component];
        return { component, weight, full, none, isPerformance: (PERFORMANCE_COMPONENTS as readonly string[]).includes(component) };
      }),
      bands: { A: bands.A, B: bands.B, C: bands.C },
      note: record?.note ?? null,
      setBy: record?.setBy ?? null,
      setAt: localInstantOrNull(record?.setAt ?? null),
    };
  }
}

const inOrder = (of: (id: ComponentId) => Weights['components'][ComponentId]): Weights['components'] => {
  const one = (id: ComponentId) => {
    const { weight, full, none } = of(id);
    return { weight, full, none };
  };
  return {
    'refused-attempts': one('refused-attempts'),
    'look-back-findings': one('look-back-findings'),
    'call-findings': one('call-findings'),
    complaints: one('complaints'),
    'late-rectifications': one('late-rectifications'),
    'training-gaps': one('training-gaps'),
    'promises-kept': one('promises-kept'),
    recoveries: one('recoveries'),
  };
};
