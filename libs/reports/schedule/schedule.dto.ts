import type { Type } from '@nestjs/common';
import { Flag, ManyOf, OneOf, Shown, TimeZone, Whole, type Page } from '#wire';
import { AUDIENCES, FORMATS, LANGUAGES, ReportPeriod, type Audience, type Format, type Language } from '../report.dto.ts';
import { FREQUENCIES, type Frequency } from './schedule.periods.ts';

const MOST_DELAY_DAYS = 60;
const delay = {
  optional: true,
  max: MOST_DELAY_DAYS,
  description: 'Days after the end of the period on which it is made; 0 when left out',
};

export interface ScheduleRequest {
  readonly kind: string;
  readonly frequency: Frequency;
  readonly formats: readonly Format[];
  readonly audience?: Audience;
  readonly language?: Language;
  readonly timeZone?: string;
  readonly delayDays?: number;
}

/** A schedule as it may be asked for: each service has kinds of its own. */
export function scheduleRequest(kinds: readonly string[]): Type<ScheduleRequest> {
  class CreateReportScheduleRequest implements ScheduleRequest {
    @OneOf(kinds)
    readonly kind!: string;

    @OneOf(FREQUENCIES)
    readonly frequency!: Frequency;

    @ManyOf(FORMATS, { minItems: 1, maxItems: 8 })
    readonly formats!: readonly Format[];

    @OneOf(AUDIENCES, { optional: true })
    readonly audience?: Audience;

    @OneOf(LANGUAGES, { optional: true })
    readonly language?: Language;

    @TimeZone({ optional: true, description: 'Whose months they are; Asia/Shanghai when left out' })
    readonly timeZone?: string;

    @Whole(delay)
    readonly delayDays?: number;
  }
  return CreateReportScheduleRequest;
}

export class ChangeReportScheduleRequest {
  @ManyOf(FORMATS, { optional: true, minItems: 1, maxItems: 8 })
  readonly formats?: readonly Format[];

  @OneOf(LANGUAGES, { optional: true })
  readonly language?: Language;

  @TimeZone({ optional: true })
  readonly timeZone?: string;

  @Whole(delay)
  readonly delayDays?: number;
}

export class ResumeReportScheduleRequest {
  @Flag({ optional: true, description: 'Whether the periods that ended during the pause are made up for; false when left out' })
  readonly makeUp?: boolean;
}

export class ReportScheduleView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly kind!: string;

  @Shown.oneOf(FREQUENCIES)
  readonly frequency!: Frequency;

  @Shown.oneOf(AUDIENCES)
  readonly audience!: Audience;

  @Shown.oneOf(LANGUAGES)
  readonly language!: Language;

  @Shown.manyOf(FORMATS)
  readonly formats!: readonly Format[];

  @Shown.text()
  readonly timeZone!: string;

  @Shown.whole()
  readonly delayDays!: number;

  @Shown.nested(() => ReportPeriod, { description: 'The period that is reported on next' })
  readonly nextPeriod!: ReportPeriod;

  @Shown.instant({ nullable: true, description: 'When; null while it is paused' })
  readonly nextRunAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly pausedAt!: string | null;

  @Shown.text()
  readonly createdBy!: string;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.text()
  readonly changedBy!: string;

  @Shown.instant()
  readonly changedAt!: string;
}

export class ReportSchedulePage implements Page<ReportScheduleView> {
  @Shown.list(() => ReportScheduleView, { description: 'The newest first' })
  readonly items!: readonly ReportScheduleView[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}
