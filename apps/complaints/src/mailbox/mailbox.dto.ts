import { OneOf, PageRequest, Shown, Text, type Page } from '#wire';
import { MAIL_STATES, WAIT_REASONS, type MailState, type WaitReason } from './mailbox.store.ts';

export const MAIL_LISTS = ['waiting', 'settled', 'all'] as const;
export type MailList = (typeof MAIL_LISTS)[number];

export class MailListRequest extends PageRequest {
  @OneOf(MAIL_LISTS, { optional: true, description: '`waiting` when left out: for a person to look at' })
  which?: MailList;

  @Text({ optional: true, description: 'Those of one complaint' })
  complaintId?: string;
}

export class MailComplaintRequest {
  @Text({ nullable: true, max: 100, description: 'Who complains; who sent it when left out' })
  name?: string | null;

  @Text({ nullable: true, max: 200, description: 'How to reach them; the sender’s address when left out' })
  contact?: string | null;

  @Text({ nullable: true, max: 200, description: 'That of the mail when left out' })
  subject?: string | null;

  @Text({ nullable: true, max: 20_000, description: 'The text of the mail when left out' })
  narrative?: string | null;

  @Text({ nullable: true, max: 64, description: 'A code, as for complaints' })
  category?: string | null;
}

export class MailAttachmentRequest {
  @Text({ max: 64, description: 'The number of the complaint, or its id', example: 'TS20261121-000001' })
  complaint!: string;
}

export class MailDismissalRequest {
  @Text({ max: 1000, description: 'Why it is no complaint; kept sealed' })
  reason!: string;
}

export class MailItem {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'Which of our addresses it came to' })
  readonly address!: string;

  @Shown.instant({ description: 'When it was received: this begins the term of its complaint' })
  readonly receivedAt!: string;

  @Shown.oneOf(MAIL_STATES, { description: '`received`: nobody has looked yet; `waiting`: for a person' })
  readonly state!: MailState;

  @Shown.oneOf(WAIT_REASONS, { nullable: true, description: 'Why it waits, or waited' })
  readonly reason!: WaitReason | null;

  @Shown.text({ nullable: true, description: 'Name and address of the sender; null: not readable' })
  readonly from!: string | null;

  @Shown.text({ nullable: true })
  readonly subject!: string | null;

  @Shown.whole({ description: 'How many files came with it' })
  readonly attachments!: number;

  @Shown.uuid({ nullable: true, description: 'The complaint that it became or belongs to' })
  readonly complaintId!: string | null;

  @Shown.text({ nullable: true })
  readonly complaintNumber!: string | null;

  @Shown.uuid({ nullable: true, description: 'The complaint that it names, for a person to decide' })
  readonly suggestedId!: string | null;

  @Shown.text({ nullable: true })
  readonly suggestedNumber!: string | null;

  @Shown.flag({ nullable: true, description: 'Whether the sender is known to be the complainant' })
  readonly senderKnown!: boolean | null;

  @Shown.text({ nullable: true, description: 'A subject, or `system`' })
  readonly settledBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly settledAt!: string | null;
}

export class MailPage implements Page<MailItem> {
  @Shown.list(() => MailItem)
  readonly items!: readonly MailItem[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;

  @Shown.whole({ description: 'How many wait for a person' })
  readonly waiting!: number;
}

export class MailFileView {
  @Shown.text()
  readonly fileName!: string;

  @Shown.whole()
  readonly bytes!: number;
}

export class MailView extends MailItem {
  @Shown.text({ nullable: true, description: 'What it says, as text; of HTML only the words' })
  readonly text!: string | null;

  @Shown.whole({ description: 'Of the mail as it came' })
  readonly bytes!: number;

  @Shown.list(() => MailFileView)
  readonly files!: readonly MailFileView[];

  @Shown.text({ nullable: true, description: 'Why it is no complaint' })
  readonly dismissal!: string | null;

  @Shown.flag({ description: 'Whether its sender was answered that it is there' })
  readonly acknowledged!: boolean;
}

export class MailboxAddressView {
  @Shown.text({ example: 'complaints@bank.example' })
  readonly address!: string;

  @Shown.flag()
  readonly inUse!: boolean;

  @Shown.text()
  readonly addedBy!: string;

  @Shown.instant()
  readonly addedAt!: string;

  @Shown.instant({ nullable: true })
  readonly retiredAt!: string | null;
}

export class MailboxAddressList {
  @Shown.list(() => MailboxAddressView)
  readonly items!: readonly MailboxAddressView[];

  @Shown.flag({ description: 'Whether this installation listens for mail' })
  readonly listening!: boolean;
}
