import { Instant, LocalDate, ManyOf, OneOf, PageRequest, QueryFlag, Shown, Text, type Page } from '#wire';

/** What of a complaint may be shown to whoever is asked; its number always is. */
export const DISCLOSED = ['subject', 'narrative', 'requests', 'account', 'complainant-name', 'complainant-contact'] as const;
export type Disclosed = (typeof DISCLOSED)[number];

export const TASK_STATES = ['open', 'answered', 'accepted', 'cancelled'] as const;
export type TaskState = (typeof TASK_STATES)[number];

export const ENTRY_KINDS = ['asked', 'answered', 'returned', 'accepted', 'cancelled'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

const LONG = 10_000;

class DueRequest {
  @Instant({ description: 'When the answer is due; after the complaint itself only with `outsideReason`' })
  dueAt!: string;

  @Text({ nullable: true, max: 1000, description: 'Why it may be due after the term; kept sealed' })
  outsideReason?: string | null;
}

export class TaskRequest extends DueRequest {
  @Text({ nullable: true, max: 64, description: 'The code of the unit that is asked; this or `agencyId`' })
  unit?: string | null;

  @Text({ nullable: true, max: 64, description: 'The agency that is asked' })
  agencyId?: string | null;

  @Text({ max: LONG, description: 'Kept sealed' })
  question!: string;

  @ManyOf(DISCLOSED, {
    nullable: true,
    description: 'What they may see of the complaint; nobody is named in it unless it is ticked. Nothing when left out',
  })
  disclosed?: Disclosed[] | null;
}

export class AnswerRequest {
  @Text({ max: LONG, description: 'Kept sealed' })
  text!: string;
}

export class ReturnRequest extends DueRequest {
  @Text({ max: LONG, description: 'What is wanting; kept sealed' })
  text!: string;
}

export class CancellationRequest {
  @Text({ max: 1000, description: 'Why; kept sealed' })
  reason!: string;
}

export class TaskListRequest extends PageRequest {
  @OneOf(TASK_STATES, { optional: true })
  state?: TaskState;

  @QueryFlag({ optional: true, description: '`true`: those alone whose time is over' })
  overdue?: boolean;

  @QueryFlag({ optional: true, description: '`true`: everybody’s, for who supervises' })
  all?: boolean;
}

export class TaskEntryView {
  @Shown.whole()
  readonly round!: number;

  @Shown.oneOf(ENTRY_KINDS)
  readonly kind!: EntryKind;

  @Shown.instant()
  readonly at!: string;

  @Shown.text()
  readonly by!: string;

  @Shown.instant({ nullable: true, description: 'When the answer was due' })
  readonly dueAt!: string | null;

  @Shown.text({ nullable: true })
  readonly text!: string | null;

  @Shown.text({ nullable: true, description: 'Why it was due after the term; for the bank alone' })
  readonly outsideReason!: string | null;
}

/** What the asked may see of the complaint: null where it is not disclosed. */
export class TaskDisclosure {
  @Shown.text({ nullable: true })
  readonly subject!: string | null;

  @Shown.text({ nullable: true })
  readonly narrative!: string | null;

  @Shown.text({ nullable: true })
  readonly requests!: string | null;

  @Shown.text({ nullable: true })
  readonly account!: string | null;

  @Shown.text({ nullable: true })
  readonly complainantName!: string | null;

  @Shown.text({ nullable: true })
  readonly complainantContact!: string | null;
}

export class TaskView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.uuid()
  readonly complaintId!: string;

  @Shown.text({ example: 'TS20261121-000001' })
  readonly complaintNumber!: string;

  @Shown.text({ nullable: true, description: 'The code of the unit that is asked' })
  readonly unit!: string | null;

  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.oneOf(TASK_STATES)
  readonly state!: TaskState;

  @Shown.whole({ description: 'From 1; one more each time it was returned' })
  readonly round!: number;

  @Shown.text()
  readonly askedBy!: string;

  @Shown.instant()
  readonly askedAt!: string;

  @Shown.instant()
  readonly dueAt!: string;

  @Shown.flag({ description: 'Open, and its time is over' })
  readonly overdue!: boolean;

  @Shown.instant({ nullable: true })
  readonly answeredAt!: string | null;

  @Shown.manyOf(DISCLOSED)
  readonly disclosed!: readonly Disclosed[];

  @Shown.nested(() => TaskDisclosure)
  readonly shown!: TaskDisclosure;

  @Shown.list(() => TaskEntryView)
  readonly entries!: readonly TaskEntryView[];

  @Shown.flag({ description: 'I may answer it' })
  readonly mayAnswer!: boolean;
}

export class TaskList {
  @Shown.list(() => TaskView, { description: 'In the order in which they were asked' })
  readonly items!: readonly TaskView[];
}

export class TaskPage implements Page<TaskView> {
  @Shown.list(() => TaskView, { description: 'Those that are due first first' })
  readonly items!: readonly TaskView[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}

export class CooperationRequest {
  @LocalDate({ description: 'The first day' })
  from!: string;

  @LocalDate({ description: 'The last day, inclusive' })
  to!: string;
}

/** How an agency or a unit cooperates: of the answers that were due in the period. */
export class CooperationRow {
  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.text({ nullable: true, description: 'The code of the unit' })
  readonly unit!: string | null;

  @Shown.whole({ description: 'Answers that were due' })
  readonly due!: number;

  @Shown.whole({ description: 'Given in time' })
  readonly inTime!: number;

  @Shown.whole({ description: 'Given late' })
  readonly late!: number;

  @Shown.whole({ description: 'Not given, and their time is over' })
  readonly openOverdue!: number;

  @Shown.whole({ description: 'Returned for more' })
  readonly returned!: number;

  @Shown.number({ nullable: true, description: 'From asked to answered, in hours: the half needed less' })
  readonly medianHours!: number | null;

  @Shown.number({ nullable: true, description: '0 to 100: how many were in time; one that was returned counts half' })
  readonly score!: number | null;
}

export class CooperationView {
  @Shown.list(() => CooperationRow, { description: 'The lowest score first' })
  readonly items!: readonly CooperationRow[];
}
