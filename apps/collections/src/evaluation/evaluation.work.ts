import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { EvaluationClock } from './evaluation.clock.ts';

@Injectable()
export class EvaluationWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(EvaluationClock) private readonly clock: EvaluationClock,
  ) {}

  get clockwork() {
    return [{ name: 'evaluations.due', everyMs: this.config.oversightEveryMs, run: () => this.clock.run() }];
  }
}
