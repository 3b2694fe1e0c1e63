import { Shown, type Page } from '#wire';
import { CAUSE_KINDS, OBJECT_KINDS, type CauseKind, type ObjectKind } from '../root-cause/root-cause.dto.ts';
import { VERDICTS, type Verdict } from './poisson.ts';
import { OWNER_KINDS, RECTIFICATION_STATES, type OwnerKind, type RectificationState } from './rectification.dto.ts';

export class EffectView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.instant({ description: 'What was known then, and nothing later' })
  readonly asOf!: string;

  @Shown.whole()
  readonly windowDays!: number;

  @Shown.localDate()
  readonly beforeFrom!: string;

  @Shown.localDate()
  readonly beforeTo!: string;

  @Shown.localDate()
  readonly afterFrom!: string;

  @Shown.localDate()
  readonly afterTo!: string;

  @Shown.whole({ description: 'Complaints received in the days before, of this cause' })
  readonly before!: number;

  @Shown.whole()
  readonly after!: number;

  @Shown.whole({ description: 'Complaints received in the days before whose cause was not found then' })
  readonly beforePending!: number;

  @Shown.whole()
  readonly afterPending!: number;

  @Shown.whole({ description: 'How many of those after are reckoned to have this cause, in the proportion of those that are settled' })
  readonly afterExpected!: number;

  @Shown.oneOf(['per-day', 'per-thousand-cases'])
  readonly unit!: string;

  @Shown.number({ description: 'Complaints a day, or a day by 1,000 open cases' })
  readonly beforeRate!: number;

  @Shown.number()
  readonly afterRate!: number;

  @Shown.text({ nullable: true })
  readonly casesSource!: string | null;

  @Shown.number({ nullable: true, description: 'Rate after over rate before' })
  readonly ratio!: number | null;

  @Shown.number({ nullable: true, description: '95 %, exact' })
  readonly ratioLow!: number | null;

  @Shown.number({ nullable: true })
  readonly ratioHigh!: number | null;

  @Shown.number({ description: 'How likely so few after, or fewer, are by chance alone' })
  readonly pValue!: number;

  @Shown.number({ description: 'The same with those that are reckoned' })
  readonly pWithPending!: number;

  @Shown.oneOf(VERDICTS, { description: '`too-few`: so few before that not even none after would show anything' })
  readonly verdict!: Verdict;

  @Shown.text({ description: 'The verdict in plain words, in the language of `Accept-Language`' })
  readonly words!: string;

  @Shown.text()
  readonly measuredBy!: string;
}

export class StepView {
  @Shown.whole()
  readonly n!: number;

  @Shown.text()
  readonly text!: string;

  @Shown.localDate({ nullable: true })
  readonly dueOn!: string | null;

  @Shown.instant({ nullable: true })
  readonly doneAt!: string | null;

  @Shown.text({ nullable: true })
  readonly doneBy!: string | null;

  @Shown.text({ nullable: true })
  readonly note!: string | null;

  @Shown.texts()
  readonly files!: readonly string[];
}

export class DelayView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.localDate()
  readonly fromOn!: string;

  @Shown.localDate()
  readonly toOn!: string;

  @Shown.text()
  readonly reason!: string;

  @Shown.text()
  readonly askedBy!: string;

  @Shown.flag({ nullable: true, description: 'Null: not settled' })
  readonly granted!: boolean | null;

  @Shown.text({ nullable: true })
  readonly settledBy!: string | null;

  @Shown.text({ nullable: true })
  readonly note!: string | null;
}

export class CauseOfMeasure {
  @Shown.uuid()
  readonly causeId!: string;

  @Shown.uuid()
  readonly complaintId!: string;

  @Shown.text({ example: 'TS20261121-000001' })
  readonly complaintNumber!: string;
}

export class RectificationItem {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly title!: string;

  @Shown.oneOf(CAUSE_KINDS)
  readonly causeKind!: CauseKind;

  @Shown.oneOf(OBJECT_KINDS)
  readonly objectKind!: ObjectKind;

  @Shown.text({ nullable: true })
  readonly objectRef!: string | null;

  @Shown.oneOf(OWNER_KINDS)
  readonly ownerKind!: OwnerKind;

  @Shown.text()
  readonly owner!: string;

  @Shown.oneOf(RECTIFICATION_STATES)
  readonly state!: RectificationState;

  @Shown.localDate()
  readonly dueOn!: string;

  @Shown.flag({ description: 'Not in place, and its time is over' })
  readonly overdue!: boolean;

  @Shown.localDate({ nullable: true })
  readonly implementedOn!: string | null;

  @Shown.whole()
  readonly stepsDone!: number;

  @Shown.whole()
  readonly steps!: number;

  @Shown.instant({ nullable: true })
  readonly closedAt!: string | null;
}

export class RectificationView {
  @Shown.nested(() => RectificationItem)
  readonly item!: RectificationItem;

  @Shown.localDate({ description: 'As it was first' })
  readonly firstDueOn!: string;

  @Shown.text()
  readonly openedBy!: string;

  @Shown.instant()
  readonly openedAt!: string;

  @Shown.list(() => CauseOfMeasure)
  readonly causes!: readonly CauseOfMeasure[];

  @Shown.list(() => StepView)
  readonly steps!: readonly StepView[];

  @Shown.list(() => DelayView)
  readonly delays!: readonly DelayView[];

  @Shown.list(() => EffectView, { description: 'As they were measured, the newest last' })
  readonly effects!: readonly EffectView[];

  @Shown.text({ nullable: true, description: 'Why its effect cannot be measured, as somebody says who asks another to accept it' })
  readonly unmeasuredReason!: string | null;

  @Shown.text({ nullable: true })
  readonly unmeasuredBy!: string | null;

  @Shown.text({ nullable: true })
  readonly closedBy!: string | null;

  @Shown.text({ nullable: true })
  readonly closeNote!: string | null;

  @Shown.uuid({ nullable: true, description: 'The measurement on which it was closed' })
  readonly effectId!: string | null;

  @Shown.flag({ description: "Whether personal data are masked for the reader's role" })
  readonly masked!: boolean;
}

export class RectificationPage implements Page<RectificationItem> {
  @Shown.list(() => RectificationItem)
  readonly items!: readonly RectificationItem[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
