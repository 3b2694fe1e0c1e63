import { OneOf, PageRequest, Shown, Text, type Page } from '#wire';

export const FORECAST_BUCKETS = ['high', 'medium', 'low'] as const;
export type ForecastBucket = (typeof FORECAST_BUCKETS)[number];

export const FORECAST_BASES = ['category', 'institution', 'default'] as const;
export type ForecastBasis = (typeof FORECAST_BASES)[number];

export const FORECAST_REASONS = ['history', 'default', 'load', 'unassigned'] as const;

export class ForecastListRequest extends PageRequest {
  @OneOf(FORECAST_BUCKETS, { optional: true, description: '`high`: half of such complaints or more; `medium`: a fifth or more' })
  bucket?: ForecastBucket;

  @Text({ optional: true, description: 'A subject, `me`, or `none`' })
  handler?: string;
}

export class ForecastReason {
  @Shown.oneOf(FORECAST_REASONS)
  readonly code!: (typeof FORECAST_REASONS)[number];

  @Shown.free({
    description:
      '`history`: of `sample` complaints of `basis` that had taken `ageDays` days, `longer` took more than `daysLeft` further days. `load`: `place` of the handler’s, who decided `decided30` in 30 days',
  })
  readonly data!: Readonly<Record<string, unknown>>;
}

export class ForecastItem {
  @Shown.uuid()
  readonly complaintId!: string;

  @Shown.text({ example: 'TS20261121-000001' })
  readonly complaintNumber!: string;

  @Shown.text({ description: 'Masked as the reader’s role is shown complaints' })
  readonly subject!: string;

  @Shown.text({ nullable: true })
  readonly category!: string | null;

  @Shown.text({ nullable: true })
  readonly handler!: string | null;

  @Shown.localDate()
  readonly dueOn!: string;

  @Shown.whole()
  readonly daysLeft!: number;

  @Shown.number({ description: 'From 0 to 1' })
  readonly probability!: number;

  @Shown.oneOf(FORECAST_BUCKETS)
  readonly bucket!: ForecastBucket;

  @Shown.list(() => ForecastReason)
  readonly reasons!: readonly ForecastReason[];

  @Shown.instant()
  readonly computedAt!: string;
}

export class ForecastPage implements Page<ForecastItem> {
  @Shown.list(() => ForecastItem, { description: 'The likeliest to be late first' })
  readonly items!: readonly ForecastItem[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class CalibrationRow {
  @Shown.oneOf(FORECAST_BUCKETS)
  readonly bucket!: ForecastBucket;

  @Shown.whole({ description: 'How many complaints it was said of, in the last 365 days' })
  readonly said!: number;

  @Shown.whole({ description: 'Of how many of these it is known how they ended' })
  readonly known!: number;

  @Shown.whole({ description: 'How many of these were late' })
  readonly late!: number;

  @Shown.number({ nullable: true, description: 'The probability that was said of those whose end is known, on average' })
  readonly saidShare!: number | null;

  @Shown.number({ nullable: true, description: 'The share of them that were late' })
  readonly happenedShare!: number | null;
}

export class CalibrationView {
  @Shown.list(() => CalibrationRow, { description: 'Every bucket: what was said, and what happened' })
  readonly rows!: readonly CalibrationRow[];
}
