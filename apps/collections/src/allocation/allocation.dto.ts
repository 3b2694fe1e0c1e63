import { Amount, Currency, Instant, NestedList, OneOf, PageRequest, Shown, Text, Texts, Whole, type Page } from '#wire';
import { STAYS } from './rule.ts';

export class AllocationTargetRequest {
  @Text({ description: 'An agency' })
  agencyId!: string;

  @Whole({ min: 1, max: 1_000_000, description: 'Its part in proportion to the others’; with priorities its turn, 1 first' })
  weight!: number;

  @Whole({ nullable: true, max: 10_000_000, description: 'Most cases of one run; null: as its capacity allows' })
  maxCases?: number | null;
}

const perCent = { nullable: true, max: 100 } as const;

export class AllocationRuleRequest {
  @Text({ max: 100, description: 'The same name again makes the next version' })
  name!: string;

  @Texts({ description: 'Empty: every product', maxItems: 100 })
  products!: string[];

  @Texts({ description: 'Codes of GB/T 2260 or their first digits; empty: every region', maxItems: 400 })
  regions!: string[];

  @Currency()
  currency!: string;

  @Whole({ nullable: true, max: 36_500, description: 'Days since the debt fell due, at least' })
  overdueFrom?: number | null;

  @Whole({ nullable: true, max: 36_500, description: 'At most' })
  overdueTo?: number | null;

  @Amount({ nullable: true })
  balanceFrom?: string | null;

  @Amount({ nullable: true })
  balanceTo?: string | null;

  @OneOf(['share', 'priority'], { description: 'By parts, or one after the other' })
  by!: 'share' | 'priority';

  @NestedList(() => AllocationTargetRequest, { minItems: 1, maxItems: 100 })
  targets!: AllocationTargetRequest[];

  @Whole({ nullable: true, max: 100, description: 'The least score of the last evaluation; null: any agency, also one without' })
  minScore?: number | null;

  @Whole({ ...perCent, description: 'Most per cent of open cases with agencies after the run' })
  maxShareNumber?: number | null;

  @Whole({ ...perCent, description: 'Most per cent of the open amount with agencies after the run' })
  maxShareAmount?: number | null;
}

export class AllocationRuleView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly name!: string;

  @Shown.whole()
  readonly version!: number;

  @Shown.free({ description: 'As it was set' })
  readonly content!: Readonly<Record<string, unknown>>;

  @Shown.text()
  readonly createdBy!: string;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.instant({ nullable: true })
  readonly retiredAt!: string | null;
}

export class AllocationRuleListView {
  @Shown.list(() => AllocationRuleView, { description: 'The newest version of each' })
  readonly items!: readonly AllocationRuleView[];
}

export class AllocationRequest {
  @Text({ description: 'The id of a version of a rule' })
  ruleId!: string;
}

export class OrderRequest {
  @Text({ max: 2000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}

export class AllocationNoticeRequest {
  @Instant({ description: 'When the debtors were told' })
  toldAt!: string;

  @Text({ max: 500, description: 'Where the proof is: a posting list, a report of deliveries' })
  evidence!: string;
}

export class AllocationNoticeView {
  @Shown.whole({ description: 'Cases that go to their agency as soon as the time has passed' })
  readonly told!: number;
}

const RUN_STATES = ['awaiting-approval', 'rejected', 'queued', 'running', 'done', 'failed', 'cancelled'] as const;

export class AllocationRunView {
  @Shown.oneOf(RUN_STATES)
  readonly state!: string;

  @Shown.text()
  readonly orderedBy!: string;

  @Shown.instant()
  readonly orderedAt!: string;

  @Shown.text()
  readonly reason!: string;

  @Shown.text({ nullable: true })
  readonly decidedBy!: string | null;

  @Shown.free({ nullable: true, description: '`done` of `total` cases' })
  readonly progress!: object | null;

  @Shown.free({ nullable: true, description: '`entrusted`, `waiting`, `skipped` and the reasons' })
  readonly summary!: object | null;

  @Shown.instant({ nullable: true })
  readonly finishedAt!: string | null;
}

export class AllocationView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.uuid()
  readonly ruleId!: string;

  @Shown.text()
  readonly ruleName!: string;

  @Shown.whole()
  readonly ruleVersion!: number;

  @Shown.free({ description: 'The rule, as it was' })
  readonly content!: Readonly<Record<string, unknown>>;

  @Shown.oneOf(['queued', 'running', 'done', 'failed', 'cancelled'], { description: 'Of the simulation' })
  readonly state!: string;

  @Shown.free({ nullable: true })
  readonly progress!: object | null;

  @Shown.free({ nullable: true })
  readonly failure!: object | null;

  @Shown.text()
  readonly requestedBy!: string;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.instant({ nullable: true })
  readonly finishedAt!: string | null;

  @Shown.free({
    nullable: true,
    description: 'Numbers and amounts by agency, cases that stay and why, the outsourced share before and after',
  })
  readonly summary!: object | null;

  @Shown.flag({ description: 'Whether carrying it out needs a second person' })
  readonly needsApproval!: boolean;

  @Shown.nested(() => AllocationRunView, { nullable: true, description: 'Its carrying out' })
  readonly run!: AllocationRunView | null;
}

export class AllocationPage implements Page<AllocationView> {
  @Shown.list(() => AllocationView)
  readonly items!: readonly AllocationView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class AllocationLineFilter extends PageRequest {
  @Text({ optional: true, description: 'Those that go to this agency' })
  agencyId?: string;

  @OneOf(STAYS, { optional: true, description: 'Those that stay for this reason' })
  stays?: string;

  @OneOf(['entrusted', 'awaiting-notice', 'awaiting-time', 'skipped'], { optional: true, description: 'What came of them' })
  outcome?: string;
}

export class AllocationLineView {
  @Shown.text({ description: 'As given at import' })
  readonly caseId!: string;

  @Shown.text({ nullable: true, description: 'Null: it stays' })
  readonly agencyId!: string | null;

  @Shown.oneOf(STAYS, { nullable: true })
  readonly stays!: string | null;

  @Shown.text({ description: 'When it was simulated' })
  readonly balance!: string;

  @Shown.text({ nullable: true, description: 'entrusted, awaiting-notice, awaiting-time, skipped; null: not carried out' })
  readonly outcome!: string | null;

  @Shown.text({ nullable: true, description: 'Why it was skipped; `changed`: it was not any more what it had been' })
  readonly detail!: string | null;
}

export class AllocationLinePage implements Page<AllocationLineView> {
  @Shown.list(() => AllocationLineView)
  readonly items!: readonly AllocationLineView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
