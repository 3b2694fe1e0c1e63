import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import type { Tx } from '#pg';
import { PublicStore } from './public.store.ts';

/** Who knocked at the public page is forgotten after two days. */
@Injectable()
export class PublicWork implements RoomWork {
  constructor(@Inject(PublicStore) private readonly store: PublicStore) {}

  sweep(tx: Tx): Promise<void> {
    return this.store.forget(tx);
  }
}
