import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { NotificationKind } from './notification.dto.ts';
import { NotificationStore } from './notification.store.ts';

/** To a person or to all who have a role: one of them. */
export interface Told {
  readonly complaintId: string;
  readonly kind: NotificationKind;
  readonly recipient: string | null;
  readonly role: string | null;
  /** The due date that it is about. */
  readonly dueOn: string;
  /** Ids alone. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Tells people of something, for other rooms, in their transaction. */
@Injectable()
export class TellingService {
  constructor(@Inject(NotificationStore) private readonly store: NotificationStore) {}

  tell(tx: Tx, institutionId: string, told: readonly Told[], now: Date): Promise<void> {
    return this.store.add(tx, institutionId, told, now);
  }
}
