import { ApiProperty } from '@nestjs/swagger';
import { IsNumber, Max, Min } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { Nested, Shown, Text, Whole } from '#wire';

/** A number with decimals. */
function Value(description: string): PropertyDecorator {
  const message = 'must be a number from 0 to 1000';
  return applyDecorators(
    ApiProperty({ type: 'number', minimum: 0, maximum: 1000, description }),
    IsNumber({ allowNaN: false, allowInfinity: false }, { message }),
    Min(0, { message }),
    Max(1000, { message }),
  );
}

export class ComponentWeightRequest {
  @Whole({ min: 1, max: 100, description: 'In percent of the whole' })
  weight!: number;

  @Value('At this value the score is 100')
  full!: number;

  @Value('At this value it is 0')
  none!: number;
}

export class ComponentWeightsRequest {
  @Nested(() => ComponentWeightRequest)
  'refused-attempts'!: ComponentWeightRequest;

  @Nested(() => ComponentWeightRequest)
  'look-back-findings'!: ComponentWeightRequest;

  @Nested(() => ComponentWeightRequest)
  'call-findings'!: ComponentWeightRequest;

  @Nested(() => ComponentWeightRequest)
  complaints!: ComponentWeightRequest;

  @Nested(() => ComponentWeightRequest)
  'late-rectifications'!: ComponentWeightRequest;

  @Nested(() => ComponentWeightRequest)
  'training-gaps'!: ComponentWeightRequest;

  @Nested(() => ComponentWeightRequest)
  'promises-kept'!: ComponentWeightRequest;

  @Nested(() => ComponentWeightRequest)
  recoveries!: ComponentWeightRequest;
}

export class BandsRequest {
  @Whole({ min: 1, max: 100 })
  A!: number;

  @Whole({ min: 1, max: 100 })
  B!: number;

  @Whole({ min: 1, max: 100, description: 'Below it is D' })
  C!: number;
}

export class WeightsRequest {
  @Whole({ min: 1, description: 'The version that you read: nobody overwrites what somebody else has set since' })
  version!: number;

  @Nested(() => ComponentWeightsRequest)
  components!: ComponentWeightsRequest;

  @Nested(() => BandsRequest)
  bands!: BandsRequest;

  @Text({ max: 2000, description: 'Why; shown to everybody who may see the weights, so without names' })
  note!: string;
}

export class ComponentWeightView {
  @Shown.text()
  readonly component!: string;

  @Shown.whole()
  readonly weight!: number;

  @Shown.number()
  readonly full!: number;

  @Shown.number()
  readonly none!: number;

  @Shown.flag({ description: 'What it brings in, weighed last (CC22): at most as much as any other part, 20 together' })
  readonly isPerformance!: boolean;
}

export class BandsView {
  @Shown.whole()
  readonly A!: number;

  @Shown.whole()
  readonly B!: number;

  @Shown.whole()
  readonly C!: number;
}

export class WeightsView {
  @Shown.whole({ description: '1 comes with the product; a version is never changed' })
  readonly version!: number;

  @Shown.list(() => ComponentWeightView)
  readonly components!: readonly ComponentWeightView[];

  @Shown.nested(() => BandsView)
  readonly bands!: BandsView;

  @Shown.text({ nullable: true })
  readonly note!: string | null;

  @Shown.text({ nullable: true })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;
}
