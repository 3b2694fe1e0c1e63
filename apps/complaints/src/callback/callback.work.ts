import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import type { Tx } from '#pg';
import { CONFIG } from '#service';
import { COMPLAINT_TOLD } from '../clock/told.ts';
import type { ComplaintsConfig } from '../config.ts';
import { CallbackPlanService } from './callback-plan.service.ts';
import { CALLBACK_DISPATCHED } from './callback.topic.ts';
import { CallbackStore } from './callback.store.ts';

/** Call-backs that are to be drawn, sent and ended. */
@Injectable()
export class CallbackWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<ComplaintsConfig, 'afterEveryMs'>,
    @Inject(CallbackPlanService) private readonly plans: CallbackPlanService,
    @Inject(CallbackStore) private readonly store: CallbackStore,
  ) {}

  get prompt(): NonNullable<RoomWork['prompt']> {
    return {
      [COMPLAINT_TOLD]: ({ institutionId = '', complaintId = '' }) => this.plans.plan(institutionId, complaintId),
      [CALLBACK_DISPATCHED]: ({ institutionId = '', dispatchId = '' }) => this.plans.dispatched(institutionId, dispatchId),
    };
  }

  get clockwork() {
    const { afterEveryMs: everyMs } = this.config;
    return [
      { name: 'callbacks.send', everyMs, run: async () => void (await this.plans.send()) },
      { name: 'callbacks.expire', everyMs, run: async () => void (await this.plans.expire()) },
    ];
  }

  sweep(tx: Tx): Promise<void> {
    return this.store.forgetKnocks(tx);
  }
}
