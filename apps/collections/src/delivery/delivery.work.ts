import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { DeliverySender } from './delivery.sender.ts';
import { DELIVERY_DUE } from './delivery.states.ts';

/** Messages on their way. */
@Injectable()
export class DeliveryWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: CollectionsConfig,
    @Inject(DeliverySender) private readonly sender: DeliverySender,
  ) {}

  get prompt(): NonNullable<RoomWork['prompt']> {
    return { [DELIVERY_DUE]: ({ institutionId = '', deliveryId = '' }) => this.sender.advance(institutionId, deliveryId) };
  }

  get clockwork() {
    return [{ name: 'deliveries.due', everyMs: this.config.deliveriesEveryMs, run: async () => void (await this.sender.wakeDue()) }];
  }
}
