import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { SanctionClock } from './sanction.clock.ts';

@Injectable()
export class SanctionWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(SanctionClock) private readonly clock: SanctionClock,
  ) {}

  get clockwork() {
    return [{ name: 'sanctions.over', everyMs: this.config.oversightEveryMs, run: () => this.clock.run() }];
  }
}
