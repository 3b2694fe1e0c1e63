import { Flag, LocalDate, ManyOf, PageRequest, Shown, Text, TimeZone, Whole, type Page } from '#wire';

export const REMINDER_CHANNELS = ['sms', 'email'] as const;
export type ReminderChannel = (typeof REMINDER_CHANNELS)[number];

export class ReminderSettingRequest {
  @Flag()
  enabled!: boolean;

  @Whole({ min: 1, max: 31, example: 3, description: 'How many days before the date; five at most (HLJ Art. 18)' })
  daysBefore!: number;

  @Whole({ min: 8, max: 20, example: 10, description: 'The hour of the day' })
  hour!: number;

  @TimeZone({ optional: true, description: 'Whose hour and day; Asia/Shanghai when left out' })
  timeZone?: string;

  @ManyOf(REMINDER_CHANNELS, {
    minItems: 1,
    maxItems: 2,
    description: 'The first on which the debtor can be reached and has not opted out',
  })
  channels!: ReminderChannel[];

  @Text({ nullable: true, max: 64, description: 'A template for sms that names {{dueOn}} and speaks of no debt' })
  smsTemplateId?: string | null;

  @Text({ nullable: true, max: 64, description: 'The same for email' })
  emailTemplateId?: string | null;
}

export class ReminderSettingView {
  @Shown.flag()
  readonly enabled!: boolean;

  @Shown.whole({ nullable: true })
  readonly daysBefore!: number | null;

  @Shown.whole({ nullable: true })
  readonly hour!: number | null;

  @Shown.text({ nullable: true })
  readonly timeZone!: string | null;

  @Shown.manyOf(REMINDER_CHANNELS)
  readonly channels!: readonly string[];

  @Shown.text({ nullable: true })
  readonly smsTemplateId!: string | null;

  @Shown.text({ nullable: true })
  readonly emailTemplateId!: string | null;

  @Shown.text({ nullable: true, description: 'Why nothing is sent though it is enabled; null: nothing hinders it' })
  readonly fault!: string | null;

  @Shown.text({ nullable: true })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;
}

export class ReminderPreviewRequest extends PageRequest {
  @LocalDate({ optional: true, description: 'The day of the run; tomorrow when left out' })
  on?: string;
}

export class ReminderPreview {
  @Shown.uuid({ description: 'The due date' })
  readonly id!: string;

  @Shown.text()
  readonly caseId!: string;

  @Shown.localDate()
  readonly dueOn!: string;

  @Shown.text({ description: 'As decimal text' })
  readonly amount!: string;

  @Shown.text()
  readonly currency!: string;

  @Shown.oneOf(REMINDER_CHANNELS, { nullable: true, description: 'Null: nobody is reminded' })
  readonly channel!: string | null;

  @Shown.oneOf(['opted-out', 'no-contact-point'], { nullable: true, description: 'Why nobody is reminded' })
  readonly why!: string | null;
}

export class ReminderPreviewPage implements Page<ReminderPreview> {
  @Shown.localDate({ description: 'The day of the run' })
  readonly on!: string;

  @Shown.list(() => ReminderPreview)
  readonly items!: readonly ReminderPreview[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class ReminderView {
  @Shown.uuid({ description: 'The due date' })
  readonly id!: string;

  @Shown.text()
  readonly caseId!: string;

  @Shown.localDate()
  readonly dueOn!: string;

  @Shown.text()
  readonly amount!: string;

  @Shown.text()
  readonly currency!: string;

  @Shown.localDate({ nullable: true, description: 'When it was paid, as the core says' })
  readonly paidOn!: string | null;

  @Shown.uuid({ nullable: true, description: 'The message' })
  readonly deliveryId!: string | null;

  @Shown.text({ nullable: true, description: 'How far the message is' })
  readonly deliveryState!: string | null;

  @Shown.instant()
  readonly at!: string;
}

export class ReminderPage implements Page<ReminderView> {
  @Shown.list(() => ReminderView)
  readonly items!: readonly ReminderView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
