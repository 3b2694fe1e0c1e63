import { Free, Shown, Whole } from '#wire';

export class RepaymentSettingRequest {
  @Whole({ max: 31, description: 'Days after its last day on which a promise may still be kept' })
  promiseGraceDays!: number;

  @Whole({ min: 1, max: 366, description: 'How far ahead the last day of a promise may be' })
  promiseLongestDays!: number;

  @Whole({
    max: 31,
    description: 'Days after its due day on which an instalment may still be met; plans that run keep the days that they were agreed with',
  })
  planGraceDays!: number;

  @Free({
    description:
      'By currency: up to which balance a collections manager approves a plan, such as {"CNY": "50000.00"}; above it, and in any other, the head office',
  })
  approvalLimits!: Readonly<Record<string, unknown>>;
}

export class RepaymentSettingView {
  @Shown.whole()
  readonly promiseGraceDays!: number;

  @Shown.whole()
  readonly promiseLongestDays!: number;

  @Shown.whole()
  readonly planGraceDays!: number;

  @Shown.free()
  readonly approvalLimits!: Readonly<Record<string, string>>;

  @Shown.text({ nullable: true, description: 'Null: nobody has set anything, these are the product’s own' })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;
}
