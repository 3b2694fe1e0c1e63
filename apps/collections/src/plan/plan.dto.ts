import { Amount, Instant, LocalDate, Nested, NestedList, OneOf, PageRequest, Shown, Text, Whole, type Page } from '#wire';
import { PLAN_METHODS, type PlanMethod } from '#plan-rules';
import { MoneyView } from '../case/case.dto.ts';

export const PLAN_STATES = ['draft', 'proposed', 'approved', 'active', 'broken', 'completed', 'cancelled'] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** Why the holder cannot pay as agreed (CC11 70: 确认信用卡欠款金额超出持卡人还款能力). */
export const HARDSHIPS = ['unemployment', 'illness', 'disaster', 'income-loss', 'family', 'business-failure', 'other'] as const;

export class OwedRequest {
  @Amount({ description: 'With interest and fees, the balance of the case' })
  principal!: string;

  @Amount({ optional: true, description: '0 when left out' })
  interest?: string;

  @Amount({ optional: true, description: '0 when left out' })
  fees?: string;
}

export class GivenInstalmentRequest {
  @LocalDate()
  dueOn!: string;

  @Amount()
  amount!: string;
}

export class PlanTermsRequest {
  @Nested(() => OwedRequest, { description: 'What the debt is made of' })
  owed!: OwedRequest;

  @Amount({ optional: true, description: 'Of the interest, what is let off' })
  waivedInterest?: string;

  @Amount({ optional: true, description: 'Of the fees, what is let off' })
  waivedFees?: string;

  @OneOf(PLAN_METHODS, { description: '`custom`: the instalments are given one by one' })
  method!: PlanMethod;

  // Wider than any rule: it is the rule that refuses, with its article.
  @Whole({ optional: true, min: 1, max: 1200, description: 'Instalments, one a month; not for `custom`' })
  months?: number;

  @LocalDate({ optional: true, description: 'Not for `custom`' })
  firstDueOn?: string;

  @Whole({
    optional: true,
    min: 1,
    max: 31,
    description: 'Day of the month, 29 to 31 being the last day of a shorter one; that of `firstDueOn` when left out',
  })
  dueDay?: number;

  @Text({
    optional: true,
    max: 8,
    description: 'Interest while the plan runs, per cent a year with at most four decimals; 0 when left out',
  })
  annualRatePercent?: string;

  @Amount({ optional: true })
  feePerInstalment?: string;

  @Amount({ nullable: true, description: 'All interest and fees of the plan together are never more' })
  chargeCap?: string | null;

  @NestedList(() => GivenInstalmentRequest, { optional: true, maxItems: 1200, description: 'For `custom` alone' })
  instalments?: GivenInstalmentRequest[];
}

export class PlanPreviewRequest extends PlanTermsRequest {
  @Text({ nullable: true, description: 'The running plan in whose place it would come' })
  replaces?: string | null;
}

export class CircumstancesRequest {
  @Amount({ description: 'Of the household, a month' })
  monthlyIncome!: string;

  @Amount({ description: 'Of the household, a month' })
  monthlyExpense!: string;

  @Text({ nullable: true, max: 2000, description: 'What else the holder told, and what it rests on' })
  note?: string | null;
}

export class PlanRequest extends PlanPreviewRequest {
  @OneOf(HARDSHIPS, { description: 'Why the holder cannot pay as agreed' })
  hardship!: string;

  @Nested(() => CircumstancesRequest, { description: 'Kept sealed' })
  circumstances!: CircumstancesRequest;
}

export class PlanReasonRequest {
  @Text({ max: 2000, description: 'Why; kept sealed' })
  reason!: string;
}

export class OralAgreementRequest {
  @Text({ description: 'The recording of the agreement, kept until the debt is cleared' })
  recordingId!: string;

  @Instant({ description: 'When both sides agreed' })
  agreedAt!: string;
}

export class PlanListRequest extends PageRequest {
  @OneOf(PLAN_STATES, { optional: true })
  state?: PlanState;
}

export class InstalmentView {
  @Shown.whole()
  readonly n!: number;

  @Shown.localDate()
  readonly dueOn!: string;

  @Shown.text()
  readonly amount!: string;

  @Shown.text()
  readonly principal!: string;

  @Shown.text()
  readonly interest!: string;

  @Shown.text()
  readonly fee!: string;

  @Shown.text({ description: 'Of what was paid, the part that reaches this instalment' })
  readonly paid!: string;
}

export class PlanPreviewView {
  @Shown.list(() => InstalmentView)
  readonly instalments!: readonly InstalmentView[];

  @Shown.nested(() => MoneyView, { description: 'All instalments' })
  readonly total!: MoneyView;

  @Shown.nested(() => MoneyView, { description: 'The balance before anything is let off' })
  readonly owed!: MoneyView;

  @Shown.nested(() => MoneyView, { description: 'What is let off' })
  readonly waived!: MoneyView;

  @Shown.nested(() => MoneyView, { description: 'Interest and fees of the plan' })
  readonly charges!: MoneyView;

  @Shown.localDate()
  readonly lastDueOn!: string;

  @Shown.whole({ description: 'The longest term, in months' })
  readonly limitMonths!: number;

  @Shown.text({ example: 'CC11 70', description: 'The article that says so' })
  readonly source!: string;

  @Shown.oneOf(['collections-manager', 'head-office-approver'], { description: 'Who may approve it, at least' })
  readonly approver!: string;
}

export class CircumstancesView {
  @Shown.text()
  readonly monthlyIncome!: string;

  @Shown.text()
  readonly monthlyExpense!: string;

  @Shown.text({ nullable: true })
  readonly note!: string | null;
}

export class PlanView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'The case, by the id given at import' })
  readonly caseId!: string;

  @Shown.text({ nullable: true, description: 'Who had the case when it was drafted; null: the bank' })
  readonly agencyId!: string | null;

  @Shown.oneOf(PLAN_STATES)
  readonly state!: PlanState;

  @Shown.text({ nullable: true, description: '`paid`, `debt-cleared`, `replaced` or `cancelled`; null: it has not ended' })
  readonly endReason!: string | null;

  @Shown.oneOf(PLAN_METHODS)
  readonly method!: PlanMethod;

  @Shown.whole()
  readonly months!: number;

  @Shown.localDate()
  readonly firstDueOn!: string;

  @Shown.localDate()
  readonly lastDueOn!: string;

  @Shown.nested(() => MoneyView)
  readonly owed!: MoneyView;

  @Shown.nested(() => MoneyView)
  readonly total!: MoneyView;

  @Shown.nested(() => MoneyView, { description: 'What counts of the payments' })
  readonly paid!: MoneyView;

  @Shown.oneOf(HARDSHIPS)
  readonly hardship!: string;

  @Shown.uuid({ nullable: true })
  readonly replaces!: string | null;

  @Shown.text()
  readonly draftedBy!: string;

  @Shown.instant()
  readonly draftedAt!: string;

  @Shown.text({ nullable: true })
  readonly proposedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly proposedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly approvedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly approvedAt!: string | null;

  @Shown.oneOf(['signed-document', 'oral-recording'], { nullable: true, description: 'What proves the agreement; null: there is none yet' })
  readonly evidence!: string | null;

  @Shown.text({ nullable: true, description: 'SHA-256 of the signed document' })
  readonly documentSha256!: string | null;

  @Shown.uuid({ nullable: true })
  readonly recordingId!: string | null;

  @Shown.instant({ nullable: true })
  readonly agreedAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly activatedAt!: string | null;

  @Shown.whole({ nullable: true, description: 'Days of grace after each due day, as they were when it became active' })
  readonly graceDays!: number | null;

  @Shown.whole({ nullable: true, description: 'The instalment that must be met next' })
  readonly nextInstalment!: number | null;

  @Shown.localDate({ nullable: true, description: 'Its day' })
  readonly nextDueOn!: string | null;

  @Shown.instant({
    nullable: true,
    description:
      'The first instant at which contact is permitted again if nothing more is paid; for a broken plan, when the instalment was missed',
  })
  readonly breaksAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly brokenAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly endedAt!: string | null;
}

export class PlanDetailView extends PlanView {
  @Shown.free({ description: 'The terms as they were given' })
  readonly terms!: Readonly<Record<string, unknown>>;

  @Shown.list(() => InstalmentView)
  readonly instalments!: readonly InstalmentView[];

  @Shown.nested(() => CircumstancesView, { nullable: true, description: 'Null for roles that see masks; reading it is recorded' })
  readonly circumstances!: CircumstancesView | null;
}

export class PlanPage implements Page<PlanView> {
  @Shown.list(() => PlanView)
  readonly items!: readonly PlanView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
