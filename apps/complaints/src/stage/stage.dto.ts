import { LocalDate, NestedList, OneOf, Shown, Text, Texts, Whole } from '#wire';
import { LIMIT_UNITS, SEVERITIES, STAGES, type LimitUnit, type Severity, type Stage } from './stages.ts';

export const MOVES = [...STAGES, 'done'] as const;
export const STAGE_STATES = ['open', 'paused', 'overdue', 'done', 'late'] as const;
export type StageState = (typeof STAGE_STATES)[number];

export class StageMoveRequest {
  @OneOf(MOVES, { description: 'The stage that follows; any other, and `done` before the approval, needs a note' })
  to!: Stage | 'done';

  @Text({ nullable: true, max: 2000, description: 'Kept sealed' })
  note?: string | null;
}

export class StageEntryView {
  @Shown.whole()
  readonly seq!: number;

  @Shown.oneOf(STAGES)
  readonly stage!: Stage;

  @Shown.oneOf(STAGE_STATES)
  readonly state!: StageState;

  @Shown.whole({ description: 'How long it may take' })
  readonly amount!: number;

  @Shown.oneOf(LIMIT_UNITS)
  readonly unit!: LimitUnit;

  @Shown.instant()
  readonly enteredAt!: string;

  @Shown.text()
  readonly enteredBy!: string;

  @Shown.instant({ description: 'Never after the term; later by the days that the term has gained' })
  readonly dueAt!: string;

  @Shown.instant({ nullable: true })
  readonly doneAt!: string | null;

  @Shown.text({ nullable: true, description: '`system:decision`: the complaint was decided or closed meanwhile' })
  readonly doneBy!: string | null;

  @Shown.text({ nullable: true, description: 'Who handled the complaint' })
  readonly handler!: string | null;

  @Shown.text({ nullable: true })
  readonly note!: string | null;
}

export class StageTrack {
  @Shown.oneOf(SEVERITIES)
  readonly severity!: Severity;

  @Shown.list(() => StageEntryView, { description: 'In the order in which they were entered; empty: not begun' })
  readonly entries!: readonly StageEntryView[];
}

export class LimitRequest {
  @OneOf(STAGES)
  stage!: Stage;

  @Text({ nullable: true, max: 64, description: 'Of an area alone' })
  area?: string | null;

  @OneOf(SEVERITIES, { nullable: true })
  severity?: Severity | null;

  @Whole({ min: 1, max: 360 })
  amount!: number;

  @OneOf(LIMIT_UNITS)
  unit!: LimitUnit;
}

export class StageLimitsRequest {
  @Whole({ description: 'The version that you changed; 0: what the product says' })
  basedOn!: number;

  @NestedList(() => LimitRequest, { minItems: 4, maxItems: 200 })
  limits!: LimitRequest[];

  @Texts({
    optional: true,
    maxItems: 100,
    description: 'Codes of causes that make a complaint one to be worked on as a major one, with all below them; left out: as before',
  })
  severeCauses?: string[];

  @Text({ nullable: true, max: 2000, description: 'Why; kept sealed' })
  note?: string | null;
}

export class LimitView {
  @Shown.oneOf(STAGES)
  readonly stage!: Stage;

  @Shown.text({ nullable: true })
  readonly area!: string | null;

  @Shown.oneOf(SEVERITIES, { nullable: true })
  readonly severity!: Severity | null;

  @Shown.whole()
  readonly amount!: number;

  @Shown.oneOf(LIMIT_UNITS)
  readonly unit!: LimitUnit;
}

export class StageLimitsView {
  @Shown.whole({ description: '0: what the product says' })
  readonly version!: number;

  @Shown.list(() => LimitView)
  readonly limits!: readonly LimitView[];

  @Shown.texts({ description: 'Codes of causes that make a complaint one to be worked on as a major one' })
  readonly severeCauses!: readonly string[];

  @Shown.text({ nullable: true })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;
}

export class StageLimitsHistory {
  @Shown.nested(() => StageLimitsView)
  readonly current!: StageLimitsView;

  @Shown.list(() => StageLimitsView, { description: 'All versions, the newest first, 100 at most' })
  readonly versions!: readonly StageLimitsView[];
}

export const PUNCTUALITY_BY = ['person', 'unit', 'stage'] as const;
export type PunctualityBy = (typeof PUNCTUALITY_BY)[number];

export class StagePunctualityRequest {
  @LocalDate({ description: 'The first day' })
  from!: string;

  @LocalDate({ description: 'The last day, inclusive' })
  to!: string;

  @OneOf(PUNCTUALITY_BY, { optional: true, description: '`person` when left out' })
  by?: PunctualityBy;
}

export class StagePunctualityRow {
  @Shown.text({ nullable: true, description: 'The subject, the code of the unit, or the stage; null: nobody' })
  readonly key!: string | null;

  @Shown.text({ description: 'What he is called; empty where there is no name' })
  readonly name!: string;

  @Shown.whole({ description: 'Stages that were done within their time' })
  readonly inTime!: number;

  @Shown.whole({ description: 'Done after it' })
  readonly late!: number;

  @Shown.whole({ description: 'Not done, and their time is over' })
  readonly openOverdue!: number;

  @Shown.number({ nullable: true, description: 'From entering to done, in hours: the half needed less' })
  readonly medianHours!: number | null;
}

export class StagePunctualityView {
  @Shown.localDate()
  readonly from!: string;

  @Shown.localDate()
  readonly to!: string;

  @Shown.oneOf(PUNCTUALITY_BY)
  readonly by!: PunctualityBy;

  @Shown.flag({ description: 'Only my own: I supervise nobody' })
  readonly own!: boolean;

  @Shown.list(() => StagePunctualityRow, { description: 'Most late and overdue ones first' })
  readonly rows!: readonly StagePunctualityRow[];

  @Shown.nested(() => StagePunctualityRow, { description: 'All of them; `key` null' })
  readonly total!: StagePunctualityRow;
}
