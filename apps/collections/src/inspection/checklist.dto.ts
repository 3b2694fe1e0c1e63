import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { Nested, NestedList, OneOf, Shown, Text, Texts } from '#wire';
import { INSPECTION_KINDS, type InspectionKind } from './checklist.ts';

const ItemId = (): PropertyDecorator =>
  applyDecorators(
    Text({ max: 64, example: 'recordings' }),
    Matches(/^[a-z0-9][a-z0-9-]*$/, { message: 'must be of small letters, digits and "-"' }),
  );

export class WordsRequest {
  @Text({ max: 200 })
  zh!: string;

  @Text({ max: 200 })
  en!: string;
}

export class ChecklistItemRequest {
  @ItemId()
  itemId!: string;

  @Text({ max: 500 })
  zh!: string;

  @Text({ max: 500 })
  en!: string;

  @Texts({ maxItems: 10, description: 'Instruments and articles, such as `HLJ 23`' })
  sources!: string[];
}

export class ChecklistRequest {
  @OneOf(INSPECTION_KINDS)
  kind!: InspectionKind;

  @Nested(() => WordsRequest)
  title!: WordsRequest;

  @NestedList(() => ChecklistItemRequest, { minItems: 1, maxItems: 100 })
  items!: ChecklistItemRequest[];

  @Text({ max: 2000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}

export class WordsView {
  @Shown.text()
  readonly zh!: string;

  @Shown.text()
  readonly en!: string;
}

export class ChecklistItemView {
  @Shown.text()
  readonly itemId!: string;

  @Shown.text()
  readonly zh!: string;

  @Shown.text()
  readonly en!: string;

  @Shown.texts({ description: 'Instruments and articles' })
  readonly sources!: readonly string[];
}

export class ChecklistView {
  @Shown.oneOf(INSPECTION_KINDS)
  readonly kind!: InspectionKind;

  @Shown.whole({ description: '1 comes with the product; a version is never changed' })
  readonly version!: number;

  @Shown.nested(() => WordsView)
  readonly title!: WordsView;

  @Shown.list(() => ChecklistItemView)
  readonly items!: readonly ChecklistItemView[];

  @Shown.text({ nullable: true })
  readonly author!: string | null;

  @Shown.instant({ nullable: true })
  readonly createdAt!: string | null;

  @Shown.flag({ description: 'What an inspection that begins now asks' })
  readonly inForce!: boolean;
}

export class ChecklistList {
  @Shown.list(() => ChecklistView)
  readonly items!: readonly ChecklistView[];
}
