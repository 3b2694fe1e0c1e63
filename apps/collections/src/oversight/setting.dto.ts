import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import { Nested, Shown, Text, Whole } from '#wire';

/** A number of days, or null: never. */
function DaysOrNever(about: { description: string; max: number }): PropertyDecorator {
  const message = `must be a whole number from 0 to ${about.max}, or null`;
  return applyDecorators(
    ApiProperty({ type: 'integer', minimum: 0, maximum: about.max, nullable: true, required: true, description: about.description }),
    IsOptional(),
    IsInt({ message }),
    Min(0, { message }),
    Max(about.max, { message }),
  );
}

export class GraceRequest {
  @DaysOrNever({ max: 365, description: 'Of a minor finding; null: never' })
  minor!: number | null;

  @DaysOrNever({ max: 90, description: 'Of a major finding; null: never' })
  major!: number | null;

  @DaysOrNever({ max: 30, description: 'Of a critical finding; null: never' })
  critical!: number | null;
}

export class SettingRequest {
  @Whole({ min: 0, description: 'The version that you read: nobody overwrites what somebody else has set since' })
  version!: number;

  @Whole({ min: 7, max: 180, description: 'So many days before an evaluation is due, people are told' })
  evaluationLeadDays!: number;

  @Whole({ min: 30, max: 180, description: 'So many days before the contract ends, the agency has been evaluated; 30 at least' })
  evaluationBeforeContractEndDays!: number;

  @DaysOrNever({ max: 180, description: 'An agency whose evaluation is late by more days is suspended; null: never, the gate only warns' })
  suspendWhenEvaluationOverdueDays!: number | null;

  @Whole({ min: 1, max: 12, description: 'On-site inspections of every active agency in a calendar year; 1 at least' })
  onSitePerYear!: number;

  @Nested(() => GraceRequest, { description: 'An agency late by more days with reporting a rectification is suspended' })
  rectificationGraceDays!: GraceRequest;

  @Text({ max: 2000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}

export class GraceView {
  @Shown.whole({ nullable: true })
  readonly minor!: number | null;

  @Shown.whole({ nullable: true })
  readonly major!: number | null;

  @Shown.whole({ nullable: true })
  readonly critical!: number | null;
}

export class SettingView {
  @Shown.whole({ description: '0: nobody has set anything, these are the product’s' })
  readonly version!: number;

  @Shown.whole()
  readonly evaluationLeadDays!: number;

  @Shown.whole()
  readonly evaluationBeforeContractEndDays!: number;

  @Shown.whole({ nullable: true, description: 'Null: never, the gate only warns' })
  readonly suspendWhenEvaluationOverdueDays!: number | null;

  @Shown.whole()
  readonly onSitePerYear!: number;

  @Shown.nested(() => GraceView)
  readonly rectificationGraceDays!: GraceView;

  @Shown.text({ nullable: true })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;
}
