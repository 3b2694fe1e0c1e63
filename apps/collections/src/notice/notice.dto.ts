import { PageRequest, QueryFlag, Shown, type Page } from '#wire';
import { TASK_KIND_NAMES, type TaskKindName } from '../task/kinds.ts';

export const NOTICE_KINDS = ['task-due-soon', 'task-overdue', 'task-escalated', 'task-handed-over'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export class NoticeListRequest extends PageRequest {
  @QueryFlag({ optional: true, description: '`true`: only what I have not read' })
  unread?: boolean;
}

export class NoticeItem {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(NOTICE_KINDS, { description: '`task-escalated`: a task of the role below is late' })
  readonly kind!: NoticeKind;

  @Shown.uuid()
  readonly taskId!: string;

  @Shown.oneOf(TASK_KIND_NAMES)
  readonly taskKind!: TaskKindName;

  @Shown.text({ description: 'What the task is about', example: 'agency/agency-a' })
  readonly resource!: string;

  @Shown.free({ description: 'What the words of the task are made of' })
  readonly detail!: Readonly<Record<string, unknown>>;

  @Shown.text({ nullable: true, description: 'The case, as it was given at import' })
  readonly caseId!: string | null;

  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.instant({ description: 'The due time that it is about; the task may have another by now' })
  readonly dueAt!: string;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.instant({ nullable: true, description: 'When I read it' })
  readonly readAt!: string | null;
}

export class NoticePage implements Page<NoticeItem> {
  @Shown.list(() => NoticeItem)
  readonly items!: readonly NoticeItem[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class UnreadNotices {
  @Shown.whole({ description: 'At most 1000: so many or more' })
  readonly count!: number;
}
