import { PURPOSES, type Purpose } from '#contact-rules';
import { Free, OneOf, PageRequest, Shown, Text, Texts, Whole, type Page } from '#wire';
import { AttemptView } from '../contact/answer.ts';
import { ASKED_KINDS, DELIVERY_KINDS, DELIVERY_STATES, SENT_CHANNELS, type DeliveryState, type SentChannel } from './delivery.states.ts';

export class MessageRequest {
  @Text({ description: 'The case, by the caseId given at import or by id' })
  caseId!: string;

  @Text({ description: 'A party of the case, by id or by the partyId given at import' })
  partyId!: string;

  @Text({ description: 'A contact point of that party, by id' })
  contactPointId!: string;

  @OneOf(SENT_CHANNELS)
  channel!: SentChannel;

  @OneOf(PURPOSES)
  purpose!: Purpose;

  @OneOf(ASKED_KINDS, {
    nullable: true,
    description:
      '`referral-notice`: tells the debtor of the referral to the agency that the case waits for, or that has it; noted by itself once it was delivered or posted. `message` when left out',
  })
  kind?: (typeof ASKED_KINDS)[number] | null;

  @Text({ nullable: true, max: 64, description: 'A registered template. Text without one is judged, and refused' })
  templateId?: string | null;

  @Whole({ nullable: true, description: 'The newest approved version when left out' })
  version?: number | null;

  @Free({ nullable: true, description: 'What neither ledger nor register knows: payBy, note, agencyContact' })
  variables?: Record<string, unknown> | null;

  @Text({ nullable: true, max: 10_000, description: 'As it will be read; left out: the template filled in. Kept sealed' })
  text?: string | null;

  @Texts({ nullable: true, description: 'Who sends it; whoever asks when left out' })
  collectorIds?: string[] | null;

  @Text({ nullable: true, description: 'The work tool, where an agency sends with one' })
  deviceId?: string | null;
}

export class PreviewRequest {
  @Text({ max: 64 })
  templateId!: string;

  @Whole({ nullable: true, description: 'The newest approved version when left out' })
  version?: number | null;

  @Text({ description: 'The case, by the caseId given at import or by id' })
  caseId!: string;

  @Free({ nullable: true, description: 'What the sender would give' })
  variables?: Record<string, unknown> | null;
}

export class PreviewView {
  @Shown.text()
  readonly title!: string;

  @Shown.text({ description: 'What nobody has given yet stands as {{name}}. Names are masked for roles that work with masks' })
  readonly text!: string;

  @Shown.texts({ description: 'What is still to be given' })
  readonly missing!: readonly string[];
}

export class MessageListRequest extends PageRequest {
  @Text({ optional: true, description: 'The caseId given at import, or the id of the case' })
  caseId?: string;

  @OneOf(DELIVERY_STATES, { optional: true })
  state?: DeliveryState;

  @OneOf(SENT_CHANNELS, { optional: true })
  channel?: SentChannel;
}

export class DeliveryStep {
  @Shown.oneOf(DELIVERY_STATES)
  readonly state!: string;

  @Shown.instant()
  readonly at!: string;

  @Shown.text({ description: '`system:delivery`, `gateway`, or the person' })
  readonly by!: string;

  @Shown.text({ nullable: true })
  readonly code!: string | null;
}

export class DeliveryView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly caseId!: string;

  @Shown.text()
  readonly partyId!: string;

  @Shown.uuid()
  readonly contactPointId!: string;

  @Shown.oneOf(DELIVERY_KINDS)
  readonly kind!: string;

  @Shown.oneOf(SENT_CHANNELS)
  readonly channel!: string;

  @Shown.oneOf(PURPOSES)
  readonly purpose!: string;

  @Shown.text({ nullable: true })
  readonly templateId!: string | null;

  @Shown.whole({ nullable: true })
  readonly version!: number | null;

  @Shown.oneOf(DELIVERY_STATES, {
    description: '`sent`: the gateway or the post has it; `unknown`: it may have arrived, and is not sent again',
  })
  readonly state!: string;

  @Shown.text({ nullable: true, description: 'Why it failed, or why it is tried again, as a word' })
  readonly code!: string | null;

  @Shown.whole()
  readonly tries!: number;

  @Shown.text()
  readonly askedBy!: string;

  @Shown.instant()
  readonly askedAt!: string;

  @Shown.uuid({ nullable: true, description: 'The contact attempt: permit or refusal' })
  readonly attemptId!: string | null;

  @Shown.instant({ nullable: true, description: 'It is not sent after this' })
  readonly permitExpiresAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly sentAt!: string | null;

  @Shown.instant({ nullable: true, description: 'When it arrived, failed or came back' })
  readonly settledAt!: string | null;
}

export class DeliveryPage implements Page<DeliveryView> {
  @Shown.list(() => DeliveryView)
  readonly items!: readonly DeliveryView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

/** What the gate said, and what becomes of the message. */
export class MessageAnswer {
  @Shown.nested(() => DeliveryView)
  readonly delivery!: DeliveryView;

  @Shown.nested(() => AttemptView)
  readonly decision!: AttemptView;
}

export class DeliveryDetail extends DeliveryView {
  @Shown.text({ nullable: true, description: 'As it was judged and sent; null for roles that work with masks' })
  readonly text!: string | null;

  @Shown.list(() => DeliveryStep)
  readonly steps!: readonly DeliveryStep[];
}
