import { ROLES, type Role } from '#auth';
import { Instant, NestedList, OneOf, PageRequest, Shown, Text, Whole, type Page } from '#wire';
import { TASK_KIND_NAMES, type TaskKindName } from './kinds.ts';

export const WHOSE = ['mine', 'role', 'all'] as const;
export const STATES = ['open', 'done'] as const;
export const BUCKETS = ['overdue', 'day', 'week', 'later'] as const;
export type Bucket = (typeof BUCKETS)[number];
export const MOVES = ['take', 'hand-over', 'complete', 'extend'] as const;
export type Move = (typeof MOVES)[number];
export const OUTCOMES = ['done', 'not-needed'] as const;

const reason = { max: 2000, description: 'Why, in your words; kept sealed' } as const;

export class TaskCountsRequest {
  @OneOf(WHOSE, {
    optional: true,
    description: '`mine`: what I have; `role` (when left out): also what is there to be taken; `all`: my team’s',
  })
  whose?: 'mine' | 'role' | 'all';

  @OneOf(TASK_KIND_NAMES, { optional: true })
  kind?: TaskKindName;

  @Text({ optional: true, description: 'Those of a case, by the caseId given at import or by id' })
  caseId?: string;

  @Text({ optional: true })
  agencyId?: string;
}

export class TaskListRequest extends PageRequest {
  @OneOf(WHOSE, {
    optional: true,
    description: '`mine`: what I have or did; `role` (when left out): also what is there to be taken; `all`: my team’s',
  })
  whose?: 'mine' | 'role' | 'all';

  @OneOf(STATES, { optional: true, description: '`open` when left out' })
  state?: 'open' | 'done';

  @OneOf(TASK_KIND_NAMES, { optional: true })
  kind?: TaskKindName;

  @OneOf(BUCKETS, { optional: true, description: 'By what is left: over, within 24 hours, within 7 days, later' })
  due?: Bucket;

  @Text({ optional: true, description: 'Those of a case, by the caseId given at import or by id' })
  caseId?: string;

  @Text({ optional: true })
  agencyId?: string;
}

export class HandOverRequest {
  @Text({ nullable: true, description: 'To whom, as their token names them; left out: back to those of the role' })
  person?: string | null;

  @OneOf(ROLES, { optional: true, description: 'The role it is for now: the same, or the one above. The same when left out' })
  role?: Role;

  @Text(reason)
  reason!: string;
}

export class CompletionRequest {
  @OneOf(OUTCOMES)
  outcome!: 'done' | 'not-needed';

  @Text({ ...reason, description: 'What was done, or why nothing was needed; kept sealed' })
  note!: string;
}

export class ExtensionRequest {
  @Instant({ description: 'The new due time: after the present one, and no later than the limit that an instrument sets' })
  dueAt!: string;

  @Text(reason)
  reason!: string;
}

export class TaskView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(TASK_KIND_NAMES)
  readonly kind!: TaskKindName;

  @Shown.text({ description: 'What it is about', example: 'agency/agency-a' })
  readonly resource!: string;

  @Shown.text({ nullable: true, description: 'The case, as it was given at import' })
  readonly caseId!: string | null;

  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.oneOf(ROLES)
  readonly role!: string;

  @Shown.text({ nullable: true, description: 'Who has it; null: whoever of the role takes it' })
  readonly person!: string | null;

  @Shown.free({ description: 'What its words are made of' })
  readonly detail!: Readonly<Record<string, unknown>>;

  @Shown.instant()
  readonly openedAt!: string;

  @Shown.instant()
  readonly dueAt!: string;

  @Shown.instant({ nullable: true, description: 'The due time before it was first moved; null: it was not' })
  readonly firstDueAt!: string | null;

  @Shown.oneOf(BUCKETS, { nullable: true, description: 'How much is left; null: it is done' })
  readonly due!: Bucket | null;

  @Shown.flag({ description: 'Done after its time, or open after it' })
  readonly late!: boolean;

  @Shown.instant({ nullable: true, description: 'When whoever has it was reminded' })
  readonly remindedAt!: string | null;

  @Shown.instant({ nullable: true, description: 'When the role above was told that it is late' })
  readonly escalatedAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly doneAt!: string | null;

  @Shown.text({ nullable: true })
  readonly doneBy!: string | null;

  @Shown.text({ nullable: true })
  readonly outcome!: string | null;

  @Shown.manyOf(MOVES, { description: 'What I may do with it now' })
  readonly moves!: readonly Move[];
}

export class TaskPage implements Page<TaskView> {
  @Shown.list(() => TaskView)
  readonly items!: readonly TaskView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class TaskCounts {
  @Shown.whole()
  readonly overdue!: number;

  @Shown.whole({ description: 'Due within 24 hours' })
  readonly day!: number;

  @Shown.whole({ description: 'Due within 7 days' })
  readonly week!: number;

  @Shown.whole()
  readonly later!: number;
}

const TASK_ACTIONS = ['task-taken', 'task-handed-over', 'task-completed', 'task-extended'] as const;

export class TaskAct {
  @Shown.oneOf(TASK_ACTIONS)
  readonly action!: string;

  @Shown.instant()
  readonly at!: string;

  @Shown.text()
  readonly by!: string;

  @Shown.free({ description: 'From whom to whom, from when to when' })
  readonly detail!: Readonly<Record<string, unknown>>;

  @Shown.text({ nullable: true })
  readonly reason!: string | null;
}

export class TaskWithHistory extends TaskView {
  @Shown.list(() => TaskAct, { description: 'What was done with it, in order' })
  readonly history!: readonly TaskAct[];
}

export class TaskLimitChange {
  @OneOf(TASK_KIND_NAMES)
  kind!: TaskKindName;

  @Whole({ nullable: true, min: 1, max: 8784, description: 'Hours; null: the product’s own again' })
  limitHours?: number | null;
}

export class TaskLimitsRequest {
  @NestedList(() => TaskLimitChange, { maxItems: 200, description: 'Those that change; they hold for tasks that are opened from now on' })
  limits!: TaskLimitChange[];

  @Whole({ optional: true, min: 1, max: 90, description: 'Percent of the limit that is left when the reminder goes out' })
  remindPercent?: number;

  @Text(reason)
  reason!: string;
}

export class TaskLimitView {
  @Shown.oneOf(TASK_KIND_NAMES)
  readonly kind!: TaskKindName;

  @Shown.oneOf(ROLES)
  readonly role!: string;

  @Shown.oneOf(['room', 'person'], { description: 'Whether the work itself ends it, or the person who says so' })
  readonly closedBy!: string;

  @Shown.whole({ description: 'The limit in force, in hours' })
  readonly limitHours!: number;

  @Shown.whole({ description: 'The product’s own' })
  readonly productHours!: number;

  @Shown.whole({ nullable: true, description: 'The most that may be set; null: a year' })
  readonly mostHours!: number | null;

  @Shown.text({ nullable: true, description: 'The article that says so' })
  readonly source!: string | null;

  @Shown.text({ nullable: true })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;
}

export class TaskLimits {
  @Shown.list(() => TaskLimitView)
  readonly limits!: readonly TaskLimitView[];

  @Shown.whole({ description: 'Percent of the limit that is left when the reminder goes out' })
  readonly remindPercent!: number;
}
