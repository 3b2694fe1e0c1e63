import { OneOf, PageRequest, Shown, Text, Whole, type Page } from '#wire';

export const DECISIONS = ['approve', 'refuse', 'withdraw'] as const;
export type Decision = (typeof DECISIONS)[number];
export const RULE_STATES = ['proposed', 'approved', 'refused', 'withdrawn'] as const;
export type RuleState = (typeof RULE_STATES)[number];

export class RetentionRuleRequest {
  @Text({ max: 60, description: 'One of the kinds of `GET /v1/retention/kinds`', example: 'report' })
  kind!: string;

  @Whole({
    nullable: true,
    min: 1,
    max: 100,
    description: 'Years; never below the longest built-in rule. Null: no rule of its own any more',
  })
  years?: number | null;

  @Text({
    max: 500,
    description: 'Where the institution says so: its policy, an order, a contract. No personal data',
    example: '档案管理办法 第12条',
  })
  source!: string;
}

export class RetentionDecisionRequest {
  @OneOf(DECISIONS, { description: '`approve` and `refuse`: by another person; `withdraw`: by who proposed it' })
  decision!: Decision;
}

export class RetentionRuleFilter extends PageRequest {
  @Text({ optional: true, max: 60 })
  kind?: string;
}

export class RetentionWords {
  @Shown.text()
  readonly zh!: string;

  @Shown.text()
  readonly en!: string;
}

export class BuiltInRuleView {
  @Shown.text()
  readonly id!: string;

  @Shown.whole()
  readonly years!: number;

  @Shown.text({ description: 'Instrument and article', example: 'CBA26' })
  readonly source!: string;

  @Shown.nested(() => RetentionWords)
  readonly words!: RetentionWords;
}

export class RetentionRuleView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly kind!: string;

  @Shown.whole()
  readonly version!: number;

  @Shown.whole({ nullable: true })
  readonly years!: number | null;

  @Shown.text()
  readonly source!: string;

  @Shown.oneOf(RULE_STATES)
  readonly state!: RuleState;

  @Shown.text()
  readonly proposedBy!: string;

  @Shown.instant()
  readonly proposedAt!: string;

  @Shown.text({ nullable: true })
  readonly settledBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly settledAt!: string | null;
}

export class RetentionRulePage implements Page<RetentionRuleView> {
  @Shown.list(() => RetentionRuleView)
  readonly items!: readonly RetentionRuleView[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}

export class WinningRule {
  @Shown.text({ description: 'Id of a built-in rule, or `institution`' })
  readonly id!: string;

  @Shown.whole()
  readonly years!: number;

  @Shown.text()
  readonly source!: string;
}

export class RetentionKindView {
  @Shown.text()
  readonly kind!: string;

  @Shown.nested(() => RetentionWords)
  readonly title!: RetentionWords;

  @Shown.nested(() => RetentionWords, { description: 'From when its time runs' })
  readonly since!: RetentionWords;

  @Shown.nested(() => RetentionWords, { description: 'What destroying does, and what it leaves' })
  readonly destroying!: RetentionWords;

  @Shown.flag({ description: 'Has data of many: whatever is held by person, case, complaint or agency holds all of it' })
  readonly isBundle!: boolean;

  @Shown.flag({ description: 'A row may say of itself that it is kept longer' })
  readonly hasOwnTerms!: boolean;

  @Shown.list(() => BuiltInRuleView)
  readonly rules!: readonly BuiltInRuleView[];

  @Shown.nested(() => WinningRule, { description: 'The longest of all that apply' })
  readonly winner!: WinningRule;

  @Shown.nested(() => RetentionRuleView, { nullable: true, description: 'The institution’s own rule in force' })
  readonly own!: RetentionRuleView | null;

  @Shown.nested(() => RetentionRuleView, { nullable: true, description: 'One that waits for its decision' })
  readonly open!: RetentionRuleView | null;
}

export class KeptForEverView {
  @Shown.nested(() => RetentionWords)
  readonly what!: RetentionWords;

  @Shown.nested(() => RetentionWords)
  readonly why!: RetentionWords;
}

export class RetentionKindsView {
  @Shown.text({ description: 'Terms begin and end in its days' })
  readonly timeZone!: string;

  @Shown.list(() => RetentionKindView)
  readonly items!: readonly RetentionKindView[];

  @Shown.list(() => KeptForEverView, { description: 'What is never destroyed, and why' })
  readonly forEver!: readonly KeptForEverView[];
}
