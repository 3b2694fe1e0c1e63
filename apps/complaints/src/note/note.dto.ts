import { OneOf, PageRequest, Shown, Text, Texts, type Page } from '#wire';

export const NOTE_KINDS = ['internal', 'complainant'] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];
const LONG = 10_000;

export class NoteRequest {
  @OneOf(NOTE_KINDS, { description: '`internal`: the desk alone; `complainant`: also shown to the complainant' })
  kind!: NoteKind;

  @Text({ max: LONG, description: 'Kept sealed' })
  text!: string;

  @Texts({ nullable: true, maxItems: 20, description: 'Subjects of members who are to be told; of an internal note alone' })
  mentions?: string[] | null;
}

export class NoteEditRequest {
  @Text({ max: LONG, description: 'Kept sealed; what it said before is kept' })
  text!: string;

  @Texts({ nullable: true, maxItems: 20, description: 'Who was not mentioned before is told' })
  mentions?: string[] | null;
}

export class NoteListRequest extends PageRequest {
  @OneOf(NOTE_KINDS, { optional: true })
  kind?: NoteKind;
}

export class NoteView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(NOTE_KINDS)
  readonly kind!: NoteKind;

  @Shown.text()
  readonly author!: string;

  @Shown.text({ description: 'Empty where there is no name, or it may not be seen' })
  readonly authorName!: string;

  @Shown.instant()
  readonly at!: string;

  @Shown.whole({ description: 'From 1; one more with each edit' })
  readonly version!: number;

  @Shown.instant({ nullable: true })
  readonly editedAt!: string | null;

  @Shown.text()
  readonly text!: string;

  @Shown.texts()
  readonly mentions!: readonly string[];
}

export class NotePage implements Page<NoteView> {
  @Shown.list(() => NoteView, { description: 'The newest first' })
  readonly items!: readonly NoteView[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}

export class NoteVersionView {
  @Shown.whole()
  readonly version!: number;

  @Shown.text()
  readonly by!: string;

  @Shown.instant()
  readonly at!: string;

  @Shown.text()
  readonly text!: string;
}

export class NoteVersionList {
  @Shown.list(() => NoteVersionView, { description: 'The newest first, with the present one' })
  readonly items!: readonly NoteVersionView[];
}
