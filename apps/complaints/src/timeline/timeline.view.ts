import { ADDITION_TIMELINE } from '../addition/addition-kinds.ts';
import { HANDLING_TIMELINE } from '../desk/handling-kinds.ts';
import { MAJOR_TIMELINE } from '../major/major-kinds.ts';
import { INTAKE_TIMELINE } from '../intake/intake-timeline.ts';
import { LOOP_TIMELINE } from '../dossier/loop-kinds.ts';
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
  'calendar-recomputed',
  'classified',
  'bad-faith-flagged',
  'bad-faith-unflagged',
  'bad-faith-decided',
  'bad-faith-confirmed',
  'bad-faith-refused',
  'bad-faith-reported',
  'decision-drafted',
  'decision-submitted',
  'decision-approved',
  'decision-returned',
  'decision-withdrawn',
  'decision-lapsed',
  'notice-told',
  'notice-failed',
  'notice-tried',
  'waiver-asked',
  'waiver-approved',
  'waiver-refused',
  ...LOOP_TIMELINE,
  'review-asked',
  'review-refused',
  'review-taken',
  'review-decided',
  'review-told',
  'review-withdrawn',
  'mediation-begun',
  'mediation-ended',
  'appraisal-begun',
  'appraisal-ended',
  'reopened',
  'reopening-of',
  'withdrawal-reported',
  'withdrawal-confirmed',
  'withdrawal-denied',
  'callback-planned',
  'callback-sent',
  'callback-tried',
  'callback-answered',
  'callback-refused',
  'callback-unreachable',
  'callback-expired',
  'callback-looked-at',
  'cause-proposed',
  'cause-confirmed',
  'cause-returned',
  'cause-replaced',
  'rectification-opened',
  'rectification-implemented',
  'rectification-closed',
  'after-milestone',
  ...HANDLING_TIMELINE,
  ...ADDITION_TIMELINE,
  ...INTAKE_TIMELINE,
  'file-added',
  'file-shown',
  'file-removed',
  'file-quarantined',
  'file-unscannable',
  'dispatch-queued',
  'dispatch-sent',
  'dispatch-delivered',
  'dispatch-failed',
  'dispatch-given-up',
  ...MAJOR_TIMELINE,
  'tag-added',
  'tag-removed',
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
