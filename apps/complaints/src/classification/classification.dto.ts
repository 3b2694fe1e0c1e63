import { LocalDate, NestedList, Nested, OneOf, Shown, Text, Texts, Whole } from '#wire';
import { AREAS, DIMENSIONS } from '../code-table/codes.ts';

export class ClassificationRequest {
  @Text({ max: 64, description: 'A code of the table in force' })
  channel!: string;

  @Text({ max: 64 })
  business!: string;

  @Text({ max: 64 })
  cause!: string;

  @OneOf(AREAS)
  area!: string;

  @Text({ nullable: true, max: 2000, description: 'Why; needed when it was classified before. Kept sealed' })
  reason?: string | null;
}

export class SuggestionReason {
  @Shown.text({ description: 'The rule' })
  readonly rule!: string;

  @Shown.whole()
  readonly weight!: number;

  @Shown.texts({ description: 'The words of the rule that were found' })
  readonly words!: readonly string[];
}

export class ClassificationSuggestionView {
  @Shown.oneOf(DIMENSIONS)
  readonly dimension!: string;

  @Shown.text()
  readonly code!: string;

  @Shown.whole()
  readonly score!: number;

  @Shown.list(() => SuggestionReason)
  readonly reasons!: readonly SuggestionReason[];
}

export class ClassificationCodes {
  @Shown.text()
  readonly channel!: string;

  @Shown.text()
  readonly business!: string;

  @Shown.text()
  readonly cause!: string;

  @Shown.oneOf(AREAS)
  readonly area!: string;

  @Shown.whole({ description: 'The version of the code table' })
  readonly tableVersion!: number;
}

export class ClassificationHistoryItem extends ClassificationCodes {
  @Shown.text()
  readonly by!: string;

  @Shown.instant()
  readonly at!: string;

  @Shown.text({ nullable: true })
  readonly reason!: string | null;
}

export class CodeWordsView {
  @Shown.oneOf(DIMENSIONS)
  readonly dimension!: string;

  @Shown.text()
  readonly code!: string;

  @Shown.text()
  readonly zh!: string;

  @Shown.text()
  readonly en!: string;
}

export class ClassificationView {
  @Shown.nested(() => ClassificationCodes, { nullable: true, description: 'Null: no person has classified it yet' })
  readonly confirmed!: ClassificationCodes | null;

  @Shown.text({ nullable: true })
  readonly confirmedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly confirmedAt!: string | null;

  @Shown.list(() => ClassificationSuggestionView, {
    description: 'What the rules suggest; nothing follows from it until a person confirms it',
  })
  readonly suggested!: readonly ClassificationSuggestionView[];

  @Shown.whole({ description: 'The version of the rules' })
  readonly rulesVersion!: number;

  @Shown.list(() => ClassificationHistoryItem, { description: 'The newest first' })
  readonly history!: readonly ClassificationHistoryItem[];

  @Shown.list(() => CodeWordsView, { description: 'Words for every code named here, also for codes that are withdrawn' })
  readonly words!: readonly CodeWordsView[];
}

export class KeywordRuleDto {
  @Text({ max: 64, description: 'Its name, once in the set' })
  id!: string;

  @OneOf(DIMENSIONS)
  dimension!: 'channel' | 'business' | 'cause' | 'area';

  @Text({ max: 64 })
  code!: string;

  @Whole({ min: 1, max: 100 })
  weight!: number;

  @Texts({ optional: true, maxItems: 100 })
  zh?: string[];

  @Texts({ optional: true, maxItems: 100 })
  en?: string[];

  @Texts({ optional: true, maxItems: 100, description: 'Anywhere in the text, they silence the rule' })
  not?: string[];

  @Texts({ optional: true, maxItems: 20, description: 'Categories of the complaint; `collection-*` for all that begin so' })
  categories?: string[];

  @Texts({ optional: true, maxItems: 20, description: 'Channels of the complaint' })
  channels?: string[];
}

export class NegatorsDto {
  @Texts({ maxItems: 100, description: 'Directly before a word, they take it back' })
  zh!: string[];

  @Texts({ maxItems: 100 })
  en!: string[];
}

export class ClassificationRulesRequest {
  @Whole({ min: 1, description: 'The version that you read: nobody overwrites what somebody else has set since' })
  version!: number;

  @Nested(() => NegatorsDto)
  negators!: NegatorsDto;

  @NestedList(() => KeywordRuleDto, { minItems: 1, maxItems: 500 })
  rules!: KeywordRuleDto[];

  @Text({ max: 2000, description: 'Why; shown to everyone who may read the rules' })
  note!: string;
}

export class KeywordRuleView {
  @Shown.text()
  readonly id!: string;

  @Shown.oneOf(DIMENSIONS)
  readonly dimension!: string;

  @Shown.text()
  readonly code!: string;

  @Shown.whole()
  readonly weight!: number;

  @Shown.texts()
  readonly zh!: readonly string[];

  @Shown.texts()
  readonly en!: readonly string[];

  @Shown.texts()
  readonly not!: readonly string[];

  @Shown.texts()
  readonly categories!: readonly string[];

  @Shown.texts()
  readonly channels!: readonly string[];
}

export class NegatorsView {
  @Shown.texts()
  readonly zh!: readonly string[];

  @Shown.texts()
  readonly en!: readonly string[];
}

export class ClassificationRulesView {
  @Shown.whole({ description: '1 comes with the product' })
  readonly version!: number;

  @Shown.nested(() => NegatorsView)
  readonly negators!: NegatorsView;

  @Shown.list(() => KeywordRuleView)
  readonly rules!: readonly KeywordRuleView[];

  @Shown.text({ nullable: true })
  readonly note!: string | null;

  @Shown.text({ nullable: true })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;
}

export class AgreementPeriodRequest {
  @LocalDate({ description: 'First day of the first confirmations that are counted, where the desk is' })
  from!: string;

  @LocalDate({ description: 'Last day, inclusive; at most 366 days' })
  to!: string;
}

export class DimensionAgreement {
  @Shown.oneOf(DIMENSIONS)
  readonly dimension!: string;

  @Shown.whole({ description: 'Complaints classified for the first time in the period' })
  readonly classified!: number;

  @Shown.whole({ description: 'Of them with a suggestion' })
  readonly suggested!: number;

  @Shown.whole({ description: 'Of those, the suggestion taken' })
  readonly taken!: number;

  @Shown.number({ nullable: true, description: 'taken / suggested in percent, one decimal; null: nothing was suggested' })
  readonly share!: number | null;
}

export class MonthAgreement extends DimensionAgreement {
  @Shown.text({ example: '2026-11' })
  readonly month!: string;
}

export class RuleAgreement {
  @Shown.text()
  readonly rule!: string;

  @Shown.oneOf(DIMENSIONS)
  readonly dimension!: string;

  @Shown.text({ description: 'The code that the rule speaks for' })
  readonly code!: string;

  @Shown.whole({ description: 'Complaints in which it spoke' })
  readonly hits!: number;

  @Shown.whole({ description: 'Of them classified as it said' })
  readonly taken!: number;

  @Shown.whole({ description: 'Of them classified otherwise' })
  readonly overruled!: number;
}

export class AgreementView {
  @Shown.localDate()
  readonly from!: string;

  @Shown.localDate()
  readonly to!: string;

  @Shown.list(() => DimensionAgreement)
  readonly dimensions!: readonly DimensionAgreement[];

  @Shown.list(() => MonthAgreement)
  readonly months!: readonly MonthAgreement[];

  @Shown.list(() => RuleAgreement, { description: 'The most often overruled first' })
  readonly rules!: readonly RuleAgreement[];
}
