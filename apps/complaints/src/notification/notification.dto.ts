import { QueryFlag, PageRequest, Shown, type Page } from '#wire';
import { MILESTONE_KINDS, type MilestoneKind } from '../deadline/milestone.ts';

export class NotificationListRequest extends PageRequest {
  @QueryFlag({ optional: true, description: '`true`: only what I have not read' })
  unread?: boolean;
}

export class NotificationItem {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(MILESTONE_KINDS)
  readonly kind!: MilestoneKind;

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
