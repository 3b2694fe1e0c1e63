import { LocalDate, OneOf, PageRequest, Shown, Text, Texts, type Page } from '#wire';
import { DELIVERY_STATES } from '../delivery/delivery.states.ts';

export const LETTER_STATES = ['queued', 'printed', 'sent', 'delivered', 'returned', 'failed'] as const;

export class LetterListRequest extends PageRequest {
  @OneOf(LETTER_STATES, { optional: true, description: '`queued`: to be printed' })
  state?: (typeof LETTER_STATES)[number];
}

export class LetterView {
  @Shown.uuid({ description: 'The id of the message' })
  readonly id!: string;

  @Shown.text()
  readonly caseId!: string;

  @Shown.text({ nullable: true })
  readonly templateId!: string | null;

  @Shown.oneOf(DELIVERY_STATES)
  readonly state!: string;

  @Shown.text({ nullable: true, description: 'Given when it is first looked at or printed', example: '2026-000012' })
  readonly number!: string | null;

  @Shown.localDate({ nullable: true })
  readonly datedOn!: string | null;

  @Shown.instant({ nullable: true, description: 'It is not printed after this' })
  readonly permitExpiresAt!: string | null;

  @Shown.uuid({ nullable: true })
  readonly batchId!: string | null;

  @Shown.text({ nullable: true })
  readonly trackingNo!: string | null;

  @Shown.text({ nullable: true, description: 'SHA-256 of the PDF, in hex' })
  readonly sha256!: string | null;
}

export class LetterPage implements Page<LetterView> {
  @Shown.list(() => LetterView)
  readonly items!: readonly LetterView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class BatchRequest {
  @Texts({ nullable: true, maxItems: 200, description: 'Messages; all that wait, up to 200, when left out' })
  letterIds?: string[] | null;
}

export class BatchView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly madeBy!: string;

  @Shown.instant()
  readonly madeAt!: string;

  @Shown.whole()
  readonly letters!: number;

  @Shown.text({ nullable: true, description: 'SHA-256 of the PDF, in hex, once it was made' })
  readonly sha256!: string | null;
}

export class BatchPage implements Page<BatchView> {
  @Shown.list(() => BatchView)
  readonly items!: readonly BatchView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export const TRACKED = ['posted', 'delivered', 'returned'] as const;

export class TrackingRequest {
  @OneOf(TRACKED, { description: '`posted` follows printing; `delivered` and `returned` follow posting' })
  state!: (typeof TRACKED)[number];

  @LocalDate({ optional: true, description: 'Today when left out' })
  on?: string;

  @Text({ nullable: true, max: 64, description: 'Of the post' })
  trackingNo?: string | null;
}

export class SealRequest {
  @Text({ max: 400_000, description: 'A PNG of up to 256 KB, in base64; transparent ground is best' })
  png!: string;
}

export class SealView {
  @Shown.text({ nullable: true, description: 'SHA-256 of the picture, in hex; null: letters leave a place for a stamp' })
  readonly sha256!: string | null;

  @Shown.text({ nullable: true, description: 'The picture, in base64' })
  readonly png!: string | null;

  @Shown.text({ nullable: true })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;
}
