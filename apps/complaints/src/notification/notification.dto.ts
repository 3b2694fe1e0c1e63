import { QueryFlag, PageRequest, Shown, type Page } from '#wire';
import { ADDITION_NOTIFICATIONS } from '../addition/addition-kinds.ts';
import { AFTER_NOTIFICATIONS } from '../aftercare/after-kinds.ts';
import { MILESTONE_KINDS } from '../deadline/milestone.ts';
import { HANDLING_NOTIFICATIONS } from '../desk/handling-kinds.ts';
import { MAJOR_NOTIFICATIONS } from '../major/major-kinds.ts';

export const NOTIFICATION_KINDS = [
  ...MILESTONE_KINDS,
  ...HANDLING_NOTIFICATIONS,
  ...AFTER_NOTIFICATIONS,
  ...ADDITION_NOTIFICATIONS,
  ...MAJOR_NOTIFICATIONS,
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export class NotificationListRequest extends PageRequest {
  @QueryFlag({ optional: true, description: '`true`: only what I have not read' })
  unread?: boolean;
}

export class NotificationItem {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(NOTIFICATION_KINDS)
  readonly kind!: NotificationKind;

  @Shown.uuid()
  readonly complaintId!: string;

  @Shown.text({ example: 'TS20261121-000001' })
  readonly complaintNumber!: string;

  @Shown.text({ description: 'What the complaint is about' })
  readonly subject!: string;

  @Shown.localDate({ description: 'The due date that it is about; the complaint may have another by now' })
  readonly dueOn!: string;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.instant({ nullable: true, description: 'When I read it' })
  readonly readAt!: string | null;
}

export class NotificationPage implements Page<NotificationItem> {
  @Shown.list(() => NotificationItem)
  readonly items!: readonly NotificationItem[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class UnreadCount {
  @Shown.whole({ description: 'At most 1000: so many or more' })
  readonly count!: number;
}
