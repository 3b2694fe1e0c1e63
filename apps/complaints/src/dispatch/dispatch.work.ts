import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { CONFIG } from '#service';
import type { ComplaintsConfig } from '../config.ts';
import { DispatchSender } from './dispatch.sender.ts';
import { DISPATCH_DUE } from './dispatch.states.ts';

/** Messages on their way. */
@Injectable()
export class DispatchWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: ComplaintsConfig,
    @Inject(DispatchSender) private readonly sender: DispatchSender,
  ) {}

  get prompt(): NonNullable<RoomWork['prompt']> {
    return { [DISPATCH_DUE]: ({ institutionId = '', dispatchId = '' }) => this.sender.advance(institutionId, dispatchId) };
  }

  get clockwork() {
    return [{ name: 'dispatches.due', everyMs: this.config.dispatchesEveryMs, run: async () => void (await this.sender.wakeDue()) }];
  }
}
