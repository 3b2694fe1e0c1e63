import { NestedList, OneOf, Shown, Text, Whole } from '#wire';
import { BLOCK_KINDS, LETTER_KINDS, type BlockKind, type LetterKind } from './letter-kinds.ts';

export class LetterBlockRequest {
  @OneOf(BLOCK_KINDS)
  kind!: BlockKind;

  @Text({ max: 4000, description: 'One paragraph; `{{variable}}` is filled in' })
  text!: string;
}

export class TemplateRequest {
  @OneOf(LETTER_KINDS)
  kind!: LetterKind;

  @Text({ max: 60 })
  titleZh!: string;

  @NestedList(() => LetterBlockRequest, { minItems: 1, maxItems: 30 })
  blocksZh!: LetterBlockRequest[];

  @Text({ nullable: true, max: 500, description: 'The short form for a text message; without it the letter is not sent as one' })
  smsZh?: string | null;

  @Text({ nullable: true, max: 120 })
  titleEn?: string | null;

  @NestedList(() => LetterBlockRequest, { nullable: true, maxItems: 30 })
  blocksEn?: LetterBlockRequest[] | null;

  @Text({ nullable: true, max: 500 })
  smsEn?: string | null;
}

export class TemplateListRequest {
  @OneOf(LETTER_KINDS, { optional: true })
  kind?: LetterKind;
}

export const TEMPLATE_STATES = ['draft', 'approved', 'retired'] as const;

export class LetterBlockView {
  @Shown.oneOf(BLOCK_KINDS)
  readonly kind!: BlockKind;

  @Shown.text()
  readonly text!: string;
}

export class TemplateView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(LETTER_KINDS)
  readonly kind!: LetterKind;

  @Shown.whole()
  readonly version!: number;

  @Shown.oneOf(TEMPLATE_STATES)
  readonly state!: (typeof TEMPLATE_STATES)[number];

  @Shown.flag({ description: 'Whether letters of its kind are made of it: the newest that is approved' })
  readonly inUse!: boolean;

  @Shown.text()
  readonly titleZh!: string;

  @Shown.list(() => LetterBlockView)
  readonly blocksZh!: readonly LetterBlockView[];

  @Shown.text({ nullable: true })
  readonly smsZh!: string | null;

  @Shown.text({ nullable: true })
  readonly titleEn!: string | null;

  @Shown.list(() => LetterBlockView, { nullable: true })
  readonly blocksEn!: readonly LetterBlockView[] | null;

  @Shown.text({ nullable: true })
  readonly smsEn!: string | null;

  @Shown.text()
  readonly author!: string;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.text({ nullable: true })
  readonly approvedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly approvedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly retiredBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly retiredAt!: string | null;
}

export class TemplateList {
  @Shown.list(() => TemplateView)
  readonly items!: readonly TemplateView[];
}

export class NoticeSettingRequest {
  @Text({ max: 100 })
  bankName!: string;

  @Text({ max: 200 })
  bankAddress!: string;

  @Text({ max: 100, description: 'Where the bank can be reached: a hotline, an address' })
  bankContact!: string;

  @Whole({ min: 1, max: 20, description: 'How many tries before the telling may be waived' })
  unreachableTries!: number;

  @Whole({ min: 1, max: 10, description: 'On how many local days' })
  unreachableDays!: number;

  @Whole({ min: 1, max: 4, description: 'In how many forms' })
  unreachableForms!: number;
}

export class NoticeSettingView {
  @Shown.text({ nullable: true, description: 'Null: nobody has set it, and no letter can be written' })
  readonly bankName!: string | null;

  @Shown.text({ nullable: true })
  readonly bankAddress!: string | null;

  @Shown.text({ nullable: true })
  readonly bankContact!: string | null;

  @Shown.whole()
  readonly unreachableTries!: number;

  @Shown.whole()
  readonly unreachableDays!: number;

  @Shown.whole()
  readonly unreachableForms!: number;

  @Shown.text({ nullable: true })
  readonly changedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly changedAt!: string | null;
}
