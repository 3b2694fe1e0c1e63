import { APPROVER_LEVELS, CLOCK_PACK_NAMES, EVENT_TYPES, MATTERS, PUBLISHED_CALENDARS } from '#clock-rules';
import { Flag, Instant, LocalDate, NestedList, OneOf, Shown, TimeZone, Whole } from '#wire';

export const PAUSE_REASONS = ['appraisal', 'mediation'] as const;
const MOST_EVENTS = 1000;
const CALENDAR_COUNTRIES = PUBLISHED_CALENDARS.map(({ country }) => country);

export class ClockEventDto {
  @OneOf(EVENT_TYPES)
  type!: (typeof EVENT_TYPES)[number];

  @Instant()
  at!: string;

  @OneOf(APPROVER_LEVELS, { nullable: true, description: 'For `extended`, in `cn-pboc-2020` also for `declared-complex`: who approved' })
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

  @OneOf(MATTERS, {
    nullable: true,
    description:
      'What it is about, where the pack has terms of its own for it: `payment-services` in `uk-disp`; others judge it as any complaint',
  })
  matter?: (typeof MATTERS)[number] | null;

  @Instant({ description: 'What starts the clock: receipt; in `us-cfpb` the instant at which the Bureau sent it to the company' })
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

  @OneOf(CALENDAR_COUNTRIES, { optional: true, description: 'Whose calendar; `CN` when left out' })
  country?: string;
}

export class WorkingDaysView {
  @Shown.localDate({ description: 'The working day that is so many working days after `from`' })
  readonly date!: string;

  @Shown.flag({ description: 'Depends on a calendar that is not published yet' })
  readonly provisional!: boolean;
}
