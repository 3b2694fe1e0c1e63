import { Inject, Injectable } from '@nestjs/common';
import type { JobHandler, RoomWork } from '#jobs';
import type { Tx } from '#pg';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { AllocationRunner } from './allocation.runner.ts';
import { ALLOCATION_ORDERED, ALLOCATION_REQUESTED } from './allocation.topic.ts';
import { OrderRunner } from './order.runner.ts';

/** Rules tried, and what they say carried out. */
@Injectable()
export class AllocationWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(AllocationRunner) private readonly simulations: AllocationRunner,
    @Inject(OrderRunner) private readonly orders: OrderRunner,
  ) {}

  get files(): Record<string, JobHandler> {
    return {
      [ALLOCATION_REQUESTED]: ({ institutionId = '', allocationId = '' }, { isLast }) =>
        this.simulations.run(institutionId, allocationId, isLast),
      [ALLOCATION_ORDERED]: ({ institutionId = '', runId = '' }, { isLast }) => this.orders.run(institutionId, runId, isLast),
    };
  }

  async sweep(tx: Tx): Promise<void> {
    await this.simulations.runs.wakeAbandoned(tx, this.config.staleAfterMs);
    await this.orders.runs.wakeAbandoned(tx, this.config.staleAfterMs);
  }
}
