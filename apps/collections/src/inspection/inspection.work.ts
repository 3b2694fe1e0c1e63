import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { InspectionClock } from './inspection.clock.ts';

@Injectable()
export class InspectionWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(InspectionClock) private readonly clock: InspectionClock,
  ) {}

  get clockwork() {
    return [{ name: 'inspections.due', everyMs: this.config.oversightEveryMs, run: () => this.clock.run() }];
  }
}
