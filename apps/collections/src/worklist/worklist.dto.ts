import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { CHANNELS, MODES, PURPOSES, type Channel, type Mode, type Purpose } from '#contact-rules';
import { Amount, Flag, ManyOf, Nested, NestedList, OneOf, PageRequest, Shown, Text, Texts, Whole, type Page } from '#wire';
import { AnswerReason } from '../contact/answer.ts';
import { ORDER_KEYS, PROMISE_STATES, STAGES, type OrderKey, type PromiseState, type Stage } from './strategy.ts';

const WHOSE = ['mine', 'pool', 'any', 'all'] as const;
export type WhoseCases = (typeof WHOSE)[number];
const strategyId = { max: 40, example: 'balanced' } as const;
const StrategyId = (about: object = {}): PropertyDecorator =>
  applyDecorators(
    Text({ ...strategyId, ...about }),
    Matches(/^[a-z0-9][a-z0-9-]*$/, { message: 'must be of small letters, digits and "-"' }),
  );

export class StrategyNameDto {
  @Text({ max: 60 })
  zh!: string;

  @Text({ max: 60 })
  en!: string;
}

export class StrategyFilterDto {
  @ManyOf(STAGES, { optional: true, minItems: 1, description: 'By days overdue: 1 to 30 are M1, beyond 180 M6+' })
  stages?: Stage[];

  @Texts({ optional: true })
  products?: string[];

  @Texts({ optional: true, maxItems: 100, description: 'Beginnings of GB/T 2260 codes: 23 is Heilongjiang, 2301 Harbin' })
  regions?: string[];

  @Amount({ optional: true })
  minAmount?: string;

  @Amount({ optional: true })
  maxAmount?: string;

  @Whole({ optional: true, min: 1, max: 8760 })
  lastContactOlderThanHours?: number;

  @OneOf(PROMISE_STATES, { optional: true, description: '`due`: today, tomorrow or in its grace; `broken`' })
  promise?: PromiseState;

  @Flag({ optional: true, description: 'Only cases whose agreed follow-up has come' })
  followUpDue?: boolean;
}

export class StrategyOrderDto {
  @OneOf(ORDER_KEYS)
  key!: OrderKey;

  @Whole({ min: 1, max: 100 })
  weight!: number;
}

export class StrategyRequest {
  @StrategyId({ description: 'A known one gets a new version' })
  strategyId!: string;

  @Nested(() => StrategyNameDto)
  name!: StrategyNameDto;

  @Nested(() => StrategyFilterDto)
  filter!: StrategyFilterDto;

  @NestedList(() => StrategyOrderDto, { minItems: 1, maxItems: ORDER_KEYS.length })
  order!: StrategyOrderDto[];

  @Whole({ min: 1, max: 240, description: 'For how long a case is in the hands of who took it' })
  leaseMinutes!: number;

  @Whole({ min: 0, max: 10_080, description: 'How long a case that was just worked rests' })
  restMinutes!: number;
}

export class StrategyView {
  @Shown.text()
  readonly strategyId!: string;

  @Shown.whole({ description: '0: the product’s own' })
  readonly version!: number;

  @Shown.flag()
  readonly retired!: boolean;

  @Shown.free({ description: '`zh`, `en`' })
  readonly name!: Readonly<Record<string, string>>;

  @Shown.free()
  readonly filter!: Readonly<Record<string, unknown>>;

  @Shown.frees({ description: '`key`, `weight`' })
  readonly order!: readonly object[];

  @Shown.whole()
  readonly leaseMinutes!: number;

  @Shown.whole()
  readonly restMinutes!: number;

  @Shown.text({ nullable: true })
  readonly author!: string | null;

  @Shown.instant({ nullable: true })
  readonly createdAt!: string | null;
}

export class Strategies {
  @Shown.list(() => StrategyView)
  readonly items!: readonly StrategyView[];
}

export class WorklistRequest extends PageRequest {
  @StrategyId({ optional: true, description: 'balanced when left out' })
  strategy?: string;

  @OneOf(WHOSE, {
    optional: true,
    description: '`mine`, `pool`: nobody’s, `any` of the two, `all`: also other collectors’. any when left out',
  })
  whose?: WhoseCases;
}

export class WhyView {
  @Shown.oneOf(ORDER_KEYS)
  readonly key!: string;

  @Shown.whole()
  readonly weight!: number;

  @Shown.number({ description: 'From 0 to the weight' })
  readonly points!: number;
}

export class WorkView {
  @Shown.text({ description: 'As given at import' })
  readonly caseId!: string;

  @Shown.text()
  readonly product!: string;

  @Shown.free({ description: '`amount`, `currency`' })
  readonly balance!: { readonly amount: string; readonly currency: string };

  @Shown.whole()
  readonly daysOverdue!: number;

  @Shown.oneOf(STAGES, { nullable: true })
  readonly stage!: string | null;

  @Shown.instant({ nullable: true })
  readonly lastContactAt!: string | null;

  @Shown.text({ nullable: true, description: 'Null: a permit without an outcome, or none' })
  readonly lastResult!: string | null;

  @Shown.oneOf(PROMISE_STATES, { nullable: true })
  readonly promise!: string | null;

  @Shown.localDate({ nullable: true })
  readonly promiseDueOn!: string | null;

  @Shown.text({ nullable: true })
  readonly promiseAmount!: string | null;

  @Shown.instant({ nullable: true, description: 'When to try again, as agreed' })
  readonly followUpAt!: string | null;

  @Shown.free({ nullable: true, description: '`from`, `to`: local times' })
  readonly bestTime!: { readonly from: string; readonly to: string } | null;

  @Shown.text({ nullable: true, description: 'Whose case it is; null: the pool’s' })
  readonly owner!: string | null;

  @Shown.text({ nullable: true, description: 'Who has it in hand now' })
  readonly leasedTo!: string | null;

  @Shown.instant({ nullable: true })
  readonly leasedUntil!: string | null;

  @Shown.list(() => WhyView, { description: 'What raised it, the most first' })
  readonly why!: readonly WhyView[];
}

export class WorkPage implements Page<WorkView> {
  @Shown.list(() => WorkView)
  readonly items!: readonly WorkView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;

  @Shown.instant({ nullable: true, description: 'When the order was last made anew; null: never' })
  readonly refreshedAt!: string | null;
}

export class NextRequest {
  @StrategyId({ optional: true, description: 'balanced when left out' })
  strategy?: string;

  @OneOf(['mine', 'pool', 'any'], { optional: true, description: 'any when left out' })
  whose?: 'mine' | 'pool' | 'any';

  @OneOf(CHANNELS, { optional: true, description: 'voice when left out' })
  channel?: Channel;

  @OneOf(MODES, { optional: true, description: 'interactive when left out' })
  mode?: Mode;

  @OneOf(PURPOSES, { optional: true, description: 'collect when left out' })
  purpose?: Purpose;

  @Text({ optional: true, description: 'Who will make the contact, as registered; you when left out' })
  collectorId?: string;

  @Text({ optional: true, description: 'The telephone, line or account that will be used' })
  deviceId?: string;
}

export class SkippedView {
  @Shown.text()
  readonly caseId!: string;

  @Shown.list(() => AnswerReason, { description: 'Empty: there is no number or address for the channel' })
  readonly reasons!: readonly AnswerReason[];

  @Shown.instant({ nullable: true, description: 'Null: time alone does not help' })
  readonly nextPermittedAt!: string | null;
}

export class NextCase extends WorkView {
  @Shown.uuid({ description: 'The number or address that may be contacted now' })
  readonly contactPointId!: string;
}

export class NextView {
  @Shown.nested(() => NextCase, { nullable: true, description: 'Null: none of those that were looked at may be contacted now' })
  readonly next!: NextCase | null;

  @Shown.list(() => SkippedView, { description: 'Those before it in the order that may not be contacted now; the first 50' })
  readonly skipped!: readonly SkippedView[];

  @Shown.whole({ description: 'How many were passed over' })
  readonly skippedCount!: number;

  @Shown.instant({ nullable: true, description: 'Where there is none: when the first of those that were looked at may be' })
  readonly earliestAt!: string | null;

  @Shown.flag({ description: 'Whether the list goes on beyond those that were looked at' })
  readonly more!: boolean;
}

export class ReleaseRequest {
  @Text({ description: 'The case, by the caseId given at import or by id' })
  caseId!: string;
}

export class ReleaseView {
  @Shown.text()
  readonly caseId!: string;
}

export class AssignmentRequest {
  @Texts({ maxItems: 1000, description: 'By the caseIds given at import' })
  caseIds!: string[];

  @Text({ nullable: true, description: 'Whose they are from now on; null: the pool’s' })
  collectorId!: string | null;
}

export class AssignmentView {
  @Shown.texts({ description: 'Those that were given' })
  readonly assigned!: readonly string[];

  @Shown.texts({ description: 'Those that are not known here' })
  readonly unknown!: readonly string[];
}

export class DayView {
  @Shown.list(() => WorkView, { description: 'Cases in your hands now' })
  readonly inHand!: readonly WorkView[];

  @Shown.list(() => WorkView, { description: 'Follow-ups that you agreed, due today or before, in order of time; the first 100' })
  readonly followUps!: readonly WorkView[];

  @Shown.list(() => WorkView, { description: 'Cases of yours whose promise falls due today, or broke; the first 100' })
  readonly promises!: readonly WorkView[];

  @Shown.whole({ description: 'Contacts of today with an outcome from you' })
  readonly contacts!: number;

  @Shown.whole({ description: 'Talks among them' })
  readonly talks!: number;

  @Shown.whole({ description: 'Promises that you noted today' })
  readonly promisesMade!: number;
}
