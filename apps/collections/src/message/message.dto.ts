import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { NestedList, OneOf, PageRequest, Shown, Text, type Page } from '#wire';
import { BLOCK_KINDS, FREE_ITEMS, LETTER_ITEMS } from './letter-items.ts';
import { VARIABLES } from './placeholders.ts';

/** The channels whose contacts are texts. */
export const MESSAGE_CHANNELS = ['sms', 'email', 'im', 'letter'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

export const TEMPLATE_STATES = ['draft', 'approved', 'retired'] as const;
export type TemplateState = (typeof TEMPLATE_STATES)[number];

/** It stands in addresses. */
const TemplateId = (): PropertyDecorator =>
  applyDecorators(
    Text({ max: 64, example: 'sms-reminder', description: 'Letters, digits, `.`, `_` and `-`; a known one gets a new version' }),
    Matches(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, { message: 'must be of letters, digits, ".", "_" and "-", and begin with a letter or digit' }),
  );

export class BlockRequest {
  @OneOf(BLOCK_KINDS, { description: `A letter has each of ${LETTER_ITEMS.join(', ')} (CC11 Art. 69); ${FREE_ITEMS.join(', ')} besides` })
  kind!: string;

  @Text({ max: 2000, description: 'One paragraph, with variables' })
  text!: string;
}

export class TemplateRequest {
  @TemplateId()
  templateId!: string;

  @OneOf(MESSAGE_CHANNELS)
  channel!: MessageChannel;

  @Text()
  title!: string;

  @Text({
    nullable: true,
    max: 10_000,
    description: `Not for letters. Variables as {{balance}}; known are ${VARIABLES.join(', ')}`,
    example: '{{debtorName}}您好……欠款{{balance}}元',
  })
  text?: string | null;

  @NestedList(() => BlockRequest, { nullable: true, maxItems: 30, description: 'The paragraphs of a letter' })
  blocks?: BlockRequest[] | null;
}

export class TemplateListRequest extends PageRequest {
  @Text({ optional: true, max: 64 })
  templateId?: string;

  @OneOf(MESSAGE_CHANNELS, { optional: true })
  channel?: MessageChannel;

  @OneOf(TEMPLATE_STATES, { optional: true })
  state?: TemplateState;
}

export class BlockView {
  @Shown.oneOf(BLOCK_KINDS)
  readonly kind!: string;

  @Shown.text()
  readonly text!: string;
}

export class TemplateView {
  @Shown.text()
  readonly templateId!: string;

  @Shown.whole({ description: 'Counts from 1; a version is never changed' })
  readonly version!: number;

  @Shown.oneOf(MESSAGE_CHANNELS)
  readonly channel!: string;

  @Shown.oneOf(TEMPLATE_STATES, { description: 'Only an approved version may be sent' })
  readonly state!: TemplateState;

  @Shown.text()
  readonly title!: string;

  @Shown.text()
  readonly text!: string;

  @Shown.texts({ description: 'What the text names' })
  readonly variables!: readonly string[];

  @Shown.list(() => BlockView, { nullable: true, description: 'The paragraphs of a letter; null for other channels' })
  readonly blocks!: readonly BlockView[] | null;

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

export class TemplatePage implements Page<TemplateView> {
  @Shown.list(() => TemplateView)
  readonly items!: readonly TemplateView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class RetirementRequest {
  @Text({ max: 2000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}
