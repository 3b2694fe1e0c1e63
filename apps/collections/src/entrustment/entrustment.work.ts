import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { EntrustmentService } from './entrustment.service.ts';

/** Cases that wait for the time after the notice to pass. */
@Injectable()
export class EntrustmentWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(EntrustmentService) private readonly entrustments: EntrustmentService,
  ) {}

  get clockwork() {
    return [{ name: 'entrustments.complete', everyMs: this.config.entrustEveryMs, run: () => this.entrustments.completeReady() }];
  }
}
