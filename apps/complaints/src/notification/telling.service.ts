import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { NotificationStore } from './notification.store.ts';
import type { Told } from './told.ts';

/** Tells people of something, for other rooms, in their transaction. */
@Injectable()
export class TellingService {
  constructor(@Inject(NotificationStore) private readonly store: NotificationStore) {}

  tell(tx: Tx, institutionId: string, told: readonly Told[], now: Date): Promise<void> {
    return this.store.add(tx, institutionId, told, now);
  }
}
