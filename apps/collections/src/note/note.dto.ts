import { CARE_SIGNS } from '#contact-rules';
import { Flag, OneOf, PageRequest, Shown, Text, type Page } from '#wire';

export const TIMELINE_KINDS = ['attempt', 'act', 'note', 'promise', 'visit', 'recording'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export class NoteRequest {
  @Text({ max: 4000, description: 'Kept sealed; words of danger or need stop collection at once and go to a person' })
  text!: string;

  @Flag({
    optional: true,
    description: 'A note of the bank that the agency with the case sees too; an agency’s own are seen by the bank in any case',
  })
  shared?: boolean;
}

export class NoteView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ nullable: true, description: 'Null: your role does not see what was written' })
  readonly text!: string | null;

  @Shown.text({ nullable: true, description: 'Whose note it is; null: the bank’s' })
  readonly agencyId!: string | null;

  @Shown.flag()
  readonly shared!: boolean;

  @Shown.text()
  readonly by!: string;

  @Shown.instant()
  readonly at!: string;
}

export class MadeNote extends NoteView {
  @Shown.oneOf(CARE_SIGNS, { nullable: true, description: 'Why collection was stopped by this note; null: it was not' })
  readonly stopped!: string | null;
}

export class NotePage implements Page<NoteView> {
  @Shown.list(() => NoteView)
  readonly items!: readonly NoteView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class TimelineRequest extends PageRequest {
  @OneOf(TIMELINE_KINDS, { optional: true, description: 'Only these; all when left out' })
  kind?: TimelineKind;
}

export class TimelineEntry {
  @Shown.oneOf(TIMELINE_KINDS)
  readonly kind!: string;

  @Shown.uuid({ description: 'The id of what it is' })
  readonly id!: string;

  @Shown.instant()
  readonly at!: string;

  @Shown.text({ nullable: true, description: 'Who did it' })
  readonly by!: string | null;

  @Shown.text({ nullable: true, description: 'Whose people; null: the bank’s own' })
  readonly agencyId!: string | null;

  @Shown.free({ description: 'What it was, by its kind' })
  readonly detail!: Readonly<Record<string, unknown>>;

  @Shown.text({ nullable: true, description: 'What was written, where your role sees it' })
  readonly text!: string | null;
}

export class TimelinePage implements Page<TimelineEntry> {
  @Shown.list(() => TimelineEntry)
  readonly items!: readonly TimelineEntry[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
