import type { NotificationKind } from './notification.dto.ts';

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
