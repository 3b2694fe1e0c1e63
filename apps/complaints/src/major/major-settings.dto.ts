import { Flag, Nested, NestedList, OneOf, Shown, Text, Texts, TimeZone, Whole } from '#wire';
import { STEP_ROLES } from './plan.ts';

const hours = (): PropertyDecorator => Whole({ min: 1, max: 240, description: 'Natural hours from when the institution knew' });

export class ReportHours {
  @hours()
  group!: number;

  @hours()
  disaster!: number;

  @hours()
  accident!: number;

  @hours()
  'public-health'!: number;

  @hours()
  designated!: number;

  @hours()
  surge!: number;
}

export class MajorWords {
  @Texts({ maxItems: 100 })
  disaster!: string[];

  @Texts({ maxItems: 100 })
  accident!: string[];

  @Texts({ maxItems: 100 })
  'public-health'!: string[];
}

export class PlanStepDto {
  @Text({ max: 300 })
  zh!: string;

  @Text({ max: 300 })
  en!: string;

  @OneOf(STEP_ROLES, { description: 'Whose it is until somebody is named' })
  role!: string;

  @Whole({ min: 0, max: 2160, description: 'From when the institution knew' })
  withinHours!: number;
}

export class SurgeSettingsDto {
  @Whole({ min: 2, max: 10_000, description: 'Fewer in a window are never a surge' })
  minCount!: number;

  @Whole({ min: 100, max: 10_000, description: 'At least so many percent of what is usual' })
  minRatioPercent!: number;

  @Whole({ min: 1, max: 10, description: 'More than usual by so many times the spread of the past' })
  spreads!: number;

  @Whole({ min: 100, max: 10_000_000, description: 'Less likely than one in so many, if they came as they always do' })
  oneIn!: number;

  @Whole({ min: 14, max: 365, description: 'The days before a window that say what is usual' })
  baselineDays!: number;

  @Whole({ min: 7, max: 365, description: 'With a shorter past nothing is judged' })
  minPastDays!: number;

  @TimeZone({ description: 'Whose days are counted' })
  timeZone!: string;
}

export class MajorSettingsRequest {
  @Whole({ min: 1, description: 'The version in force that you read' })
  version!: number;

  @Nested(() => ReportHours, { description: 'By when is reported to the regulator, by kind' })
  reportHours!: ReportHours;

  @Whole({ min: 1, max: 239, description: 'So many hours before it is due is reminded' })
  remindHoursBefore!: number;

  @Whole({ min: 2, max: 1000, description: 'So many persons face to face are a major complaint: 20 by the rules, or fewer' })
  persons!: number;

  @Nested(() => MajorWords, { description: 'Words for which a complaint is shown as perhaps a major one' })
  words!: MajorWords;

  @NestedList(() => PlanStepDto, { minItems: 1, maxItems: 40, description: 'The emergency plan, in the order in which it is due' })
  steps!: PlanStepDto[];

  @Nested(() => SurgeSettingsDto)
  surge!: SurgeSettingsDto;

  @Text({ max: 2000, description: 'Why; shown to everyone who may read the settings' })
  note!: string;
}

export class MajorSettingsWord {
  @Flag({ description: 'False: refused, or taken back by who set it' })
  agrees!: boolean;
}

export class SettingVersion {
  @Shown.whole({ description: '1 comes with the product' })
  readonly version!: number;

  @Shown.nested(() => ReportHours)
  readonly reportHours!: ReportHours;

  @Shown.whole()
  readonly remindHoursBefore!: number;

  @Shown.whole()
  readonly persons!: number;

  @Shown.free({ description: 'Lists of words by kind' })
  readonly words!: {
    readonly disaster: readonly string[];
    readonly accident: readonly string[];
    readonly 'public-health': readonly string[];
  };

  @Shown.list(() => PlanStepDto)
  readonly steps!: readonly { readonly zh: string; readonly en: string; readonly role: string; readonly withinHours: number }[];

  @Shown.nested(() => SurgeSettingsDto)
  readonly surge!: SurgeSettingsDto;

  @Shown.text({ nullable: true })
  readonly note!: string | null;

  @Shown.text({ nullable: true })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;

  @Shown.text({ nullable: true })
  readonly approvedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly approvedAt!: string | null;
}

export class MajorSettingsView {
  @Shown.nested(() => SettingVersion)
  readonly inForce!: SettingVersion;

  @Shown.nested(() => SettingVersion, { nullable: true, description: 'What a second person has still to approve' })
  readonly waiting!: SettingVersion | null;
}
