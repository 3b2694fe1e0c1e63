import { CLOCK_PACK_NAMES, EVENT_TYPES } from '#clock-rules';
import { Flag, Instant, LocalDate, NestedList, OneOf, Shown, TimeZone, Whole } from '#wire';

export const APPROVER_LEVELS = ['superior', 'head-office'] as const;
export const PAUSE_REASONS = ['appraisal', 'mediation'] as const;
const MOST_EVENTS = 1000;

export class ClockEventDto {
  @OneOf(EVENT_TYPES)
  type!: (typeof EVENT_TYPES)[number];

  @Instant()
  at!: string;

  @OneOf(APPROVER_LEVELS, { nullable: true, description: 'For `extended`: who approved' })
  approverLevel?: (typeof APPROVER_LEVELS)[number] | null;

  @Instant({ nullable: true, description: 'When the complainant was told, where the rules ask for it' })
  complainantToldAt?: string | null;

  @OneOf(PAUSE_REASONS, { nullable: true, description: 'For `paused`; appraisal when left out' })
  reason?: (typeof PAUSE_REASONS)[number] | null;

  @Flag({ nullable: true, description: 'For a pause for mediation' })
  complainantAgreed?: boolean | null;

  @LocalDate({ nullable: true, description: 'For `agreed`: the date both sides agreed on' })
  dueOn?: string | null;
}

export class ClockEvaluationRequest {
  @OneOf(CLOCK_PACK_NAMES)
  pack!: string;

  @TimeZone({ nullable: true, description: 'Where the complainant lives; Asia/Shanghai when left out' })
  timeZone?: string | null;

  @Instant()
  receivedAt!: string;

  @Instant({ description: 'The instant that is judged' })
  at!: string;

  @NestedList(() => ClockEventDto, { nullable: true, maxItems: MOST_EVENTS })
  events?: ClockEventDto[] | null;
}

export class ClockAtRequest {
  @Instant({ optional: true, description: 'Events up to then count, and no others; now when left out' })
  at?: string;
}

export class WorkingDaysRequest {
  @LocalDate({ description: 'Day 0' })
  from!: string;

  @Whole({ min: 0, max: 1000 })
  days!: number;
}

export class WorkingDaysView {
  @Shown.localDate({ description: 'The working day that is so many working days after `from`' })
  readonly date!: string;

  @Shown.flag({ description: 'Depends on a calendar that is not published yet' })
  readonly provisional!: boolean;
}
