import { Shown, type Page } from '#wire';

export const TIMELINE_KINDS = [
  'registered',
  'imported',
  'assigned',
  'clock-event',
  'clock-event-refused',
  'milestone',
  'hold-requested',
  'hold-set',
  'hold-lifted',
  'hold-no-case',
  'clock-corrected',
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export class TimelineItem {
  @Shown.uuid()
  readonly id!: string;

  @Shown.instant({ description: 'When it was recorded; the instant that a clock event speaks of is in `data.at`' })
  readonly at!: string;

  @Shown.oneOf(TIMELINE_KINDS)
  readonly kind!: TimelineKind;

  @Shown.text({ description: 'The subject of who did it, or `system`' })
  readonly actor!: string;

  @Shown.free({ description: 'For a clock event the fields of clock-evaluations, and what was written; for a refused one also `rejected`' })
  readonly data!: Readonly<Record<string, unknown>>;
}

export class TimelinePage implements Page<TimelineItem> {
  @Shown.list(() => TimelineItem)
  readonly items!: readonly TimelineItem[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
