import { NestedList, OneOf, Shown, Text } from '#wire';

/** How somebody complains. `regulator`: a hotline that is not the bank's own. */
export const CHANNEL_KINDS = ['phone', 'address', 'email', 'web', 'app', 'regulator'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const CHANNEL_STATES = ['built-in', 'proposed', 'published', 'refused'] as const;
export type ChannelState = (typeof CHANNEL_STATES)[number];

export class ChannelDto {
  @OneOf(CHANNEL_KINDS, {
    description: 'phone, regulator: `value` is a number; address: a postal address; email; web, app: a link or a name',
  })
  kind!: ChannelKind;

  @Text({ max: 60, description: 'What it is called', example: '信用卡投诉专线' })
  labelZh!: string;

  @Text({ max: 120 })
  labelEn!: string;

  @Text({ max: 300, example: '026-5550 0110' })
  value!: string;

  @Text({ nullable: true, max: 120, description: 'When it is open', example: '每日 8:00–22:00' })
  hoursZh?: string | null;

  @Text({ nullable: true, max: 160 })
  hoursEn?: string | null;
}

export class ProcessStepDto {
  @Text({ max: 300, description: 'One step of how a complaint is handled' })
  zh!: string;

  @Text({ max: 600 })
  en!: string;
}

export class ChannelPageRequest {
  @NestedList(() => ChannelDto, { minItems: 1, maxItems: 40, description: 'A telephone of the bank and the hotline 12378 at least' })
  channels!: ChannelDto[];

  @NestedList(() => ProcessStepDto, { minItems: 1, maxItems: 20 })
  process!: ProcessStepDto[];

  @Text({ max: 500, description: 'What changes and why' })
  note!: string;
}

export class ChannelRefusalRequest {
  @Text({ max: 500 })
  reason!: string;
}

export class ChannelView {
  @Shown.oneOf(CHANNEL_KINDS)
  readonly kind!: ChannelKind;

  @Shown.text()
  readonly labelZh!: string;

  @Shown.text()
  readonly labelEn!: string;

  @Shown.text()
  readonly value!: string;

  @Shown.text({ nullable: true })
  readonly hoursZh!: string | null;

  @Shown.text({ nullable: true })
  readonly hoursEn!: string | null;
}

export class ProcessStepView {
  @Shown.text()
  readonly zh!: string;

  @Shown.text()
  readonly en!: string;
}

export class ChannelPageView {
  @Shown.whole({ description: '0: what is shown until the institution publishes its own' })
  readonly version!: number;

  @Shown.oneOf(CHANNEL_STATES)
  readonly state!: ChannelState;

  @Shown.flag()
  readonly inForce!: boolean;

  @Shown.list(() => ChannelView)
  readonly channels!: readonly ChannelView[];

  @Shown.list(() => ProcessStepView)
  readonly process!: readonly ProcessStepView[];

  @Shown.text()
  readonly note!: string;

  @Shown.text({ nullable: true, description: 'A subject' })
  readonly author!: string | null;

  @Shown.instant({ nullable: true })
  readonly createdAt!: string | null;

  @Shown.text({ nullable: true, description: 'Who published or refused it' })
  readonly settledBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly settledAt!: string | null;

  @Shown.text({ nullable: true })
  readonly refusal!: string | null;
}

export class ChannelPageList {
  @Shown.list(() => ChannelPageView)
  readonly items!: readonly ChannelPageView[];

  @Shown.text({ description: 'Where everybody reads it, and where they complain' })
  readonly address!: string;
}

export class PublicTermView {
  @Shown.text({ example: 'decide' })
  readonly termId!: string;

  @Shown.whole()
  readonly days!: number;

  @Shown.oneOf(['natural', 'working'])
  readonly unit!: 'natural' | 'working';

  @Shown.text({ description: 'In the language of the reader' })
  readonly text!: string;

  @Shown.text({ description: 'Instrument and article', example: 'CMP20 18' })
  readonly source!: string;
}

export class PublicTermsView {
  @Shown.text({ example: 'cn-banking-2020' })
  readonly pack!: string;

  @Shown.whole()
  readonly version!: number;

  @Shown.text()
  readonly title!: string;

  @Shown.list(() => PublicTermView)
  readonly terms!: readonly PublicTermView[];
}

export class PublishedChannels {
  @Shown.text()
  readonly institutionId!: string;

  @Shown.whole({ description: '0: nothing of its own is published yet' })
  readonly version!: number;

  @Shown.instant({ nullable: true })
  readonly publishedAt!: string | null;

  @Shown.list(() => ChannelView)
  readonly channels!: readonly ChannelView[];

  @Shown.list(() => ProcessStepView)
  readonly process!: readonly ProcessStepView[];

  @Shown.list(() => PublicTermsView, { description: 'From the packs in force today' })
  readonly terms!: readonly PublicTermsView[];

  @Shown.flag({ description: 'Whether complaints are taken on the public page' })
  readonly takesComplaints!: boolean;
}
