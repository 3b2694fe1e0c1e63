import type { Language } from '#contact-rules';
import { Flag, OneOf, Shown, Text } from '#wire';
import { AREAS } from '../code-table/codes.ts';

export const PUBLIC_CATEGORIES = [...AREAS, 'other'] as const;

/** What the complainant reads of how their complaint stands. */
export const PUBLIC_STATES = ['received', 'in-progress', 'overdue', 'paused', 'decided', 'told', 'withdrawn', 'declined'] as const;
export type PublicState = (typeof PUBLIC_STATES)[number];

export class PublicRequest {
  @Text({ optional: true, description: 'The institution; that of the installation when left out' })
  institutionId?: string;

  @OneOf(['zh', 'en'], { optional: true, description: 'Of the answer; by `Accept-Language` when left out' })
  lang?: Language;
}

export class PublicComplaintRequest {
  @Text({ max: 100, description: 'Who complains; kept sealed' })
  name!: string;

  @Text({ min: 5, max: 200, description: 'How to reach them: a telephone number, an e-mail or a postal address; kept sealed' })
  contact!: string;

  @Text({ nullable: true, max: 100, description: 'For whom they complain, if not for themselves' })
  onBehalfOf?: string | null;

  @Text({ max: 200, description: 'In a few words' })
  subject!: string;

  @Text({ max: 10_000, description: 'What happened' })
  narrative!: string;

  @Text({ max: 2000, description: 'What is asked for, one thing a line' })
  requests!: string;

  @OneOf(PUBLIC_CATEGORIES, { nullable: true, description: 'What it is about' })
  category?: (typeof PUBLIC_CATEGORIES)[number] | null;

  @Text({ nullable: true, max: 100, description: 'The reference of the case in a letter or a message, where it is about collection' })
  caseReference?: string | null;

  @Text({ nullable: true, max: 200, description: 'Must be empty: people do not see it, programs that fill in forms do' })
  website?: string | null;
}

/** What opens a complaint. */
export class ReceiptRequest {
  @Text({ max: 40, example: 'TS20261121-000001' })
  receiptNumber!: string;

  @Text({ max: 40, example: '7KQM-2XWD-9RTP' })
  accessCode!: string;
}

export class AdditionRequest extends ReceiptRequest {
  @Text({ nullable: true, max: 10_000, description: 'What is to be added; may be empty where files come with it' })
  text?: string | null;
}

export class PublicWithdrawalRequest extends ReceiptRequest {
  @Flag({ description: 'true: the complaint is to be withdrawn, which closes it' })
  confirmed!: boolean;

  @Text({ nullable: true, max: 2000, description: 'Why; nobody has to say' })
  reason?: string | null;
}

export class ReceiptView {
  @Shown.text({ example: 'TS20261121-000001' })
  readonly receiptNumber!: string;

  @Shown.text({ description: 'Shown this once; the same key and form are answered with the same', example: '7KQM-2XWD-9RTP' })
  readonly accessCode!: string;

  @Shown.instant({ description: 'When the bank received it, which begins the term' })
  readonly receivedAt!: string;

  @Shown.localDate({ description: 'Until the end of this day it is to be decided and told' })
  readonly dueOn!: string;
}

export class PublicToldView {
  @Shown.instant()
  readonly at!: string;

  @Shown.text({ description: 'What was told: `decision`, `term-extended`, …' })
  readonly about!: string;

  @Shown.text({ nullable: true, description: 'In which form: `handed`, `posted`, `sms`, `email`, `phone`, …' })
  readonly form!: string | null;
}

export class PublicMessageView {
  @Shown.instant()
  readonly at!: string;

  @Shown.oneOf(['bank', 'complainant'])
  readonly from!: 'bank' | 'complainant';

  @Shown.text()
  readonly text!: string;
}

export class PublicFileView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly fileName!: string;

  @Shown.whole()
  readonly bytes!: number;

  @Shown.instant()
  readonly at!: string;

  @Shown.flag({ description: 'Not yet: it is still being looked at for viruses' })
  readonly ready!: boolean;
}

export class PublicComplaintView {
  @Shown.text()
  readonly receiptNumber!: string;

  @Shown.oneOf(PUBLIC_STATES)
  readonly state!: PublicState;

  @Shown.text({ description: 'The state in the words of the reader' })
  readonly stateText!: string;

  @Shown.instant()
  readonly receivedAt!: string;

  @Shown.localDate({ nullable: true, description: 'Null once it is closed' })
  readonly dueOn!: string | null;

  @Shown.flag({ description: 'The date may still move: the calendar of that year is not published' })
  readonly provisional!: boolean;

  @Shown.oneOf(['upheld', 'partly-upheld', 'not-upheld'], { nullable: true, description: 'Once it was told' })
  readonly outcome!: string | null;

  @Shown.instant({ nullable: true })
  readonly closedAt!: string | null;

  @Shown.text({ nullable: true, description: 'Once it was told: until when a review can be asked for, in the words of the reader' })
  readonly review!: string | null;

  @Shown.list(() => PublicToldView)
  readonly told!: readonly PublicToldView[];

  @Shown.list(() => PublicMessageView)
  readonly messages!: readonly PublicMessageView[];

  @Shown.list(() => PublicFileView, { description: 'What was sent in, and what the bank shows' })
  readonly files!: readonly PublicFileView[];

  @Shown.flag({ description: 'Whether something can be added, and the complaint withdrawn' })
  readonly open!: boolean;
}
