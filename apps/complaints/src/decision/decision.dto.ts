import { Amount, Currency, Flag, LocalDate, ManyOf, Nested, NestedList, OneOf, Shown, Text } from '#wire';
import { ClockRejection } from '../complaint/complaint.view.ts';
import {
  BASIS_KINDS,
  DECISION_OUTCOMES,
  REMEDIES_OPEN,
  REMEDY_KINDS,
  SEVERITIES,
  type Outcome,
  type RemedyKind,
  type RemedyOpen,
  type Severity,
} from './content.ts';
import { DECISION_STATES, type DecisionState } from './decision.store.ts';
import { APPROVER_ROLES, type ApproverRole } from './matrix.ts';

const LONG = 20_000;

export class MoneyRequest {
  @Amount({ description: 'Not below zero' })
  amount!: string;

  @Currency()
  currency!: string;
}

export class BasisRequest {
  @OneOf(BASIS_KINDS, { description: 'An article of an instrument, or a clause of the contract' })
  kind!: (typeof BASIS_KINDS)[number];

  @Text({ max: 200, example: 'CC11 70' })
  ref!: string;

  @Text({ nullable: true, max: 2000 })
  text?: string | null;
}

/** A draft may lack what it must say once it is submitted. */
export class DecisionDraftRequest {
  @OneOf(DECISION_OUTCOMES)
  outcome!: Outcome;

  @Text({ optional: true, max: LONG, description: 'The facts that were verified; kept sealed, as all words of a decision' })
  facts?: string;

  @NestedList(() => BasisRequest, { optional: true, maxItems: 20 })
  basis?: BasisRequest[];

  @Text({ optional: true, max: LONG })
  reasons?: string;

  @ManyOf(REMEDY_KINDS, { optional: true })
  remedyKinds?: RemedyKind[];

  @Nested(() => MoneyRequest, { nullable: true, description: 'Money that is paid, credited or waived' })
  money?: MoneyRequest | null;

  @Text({ nullable: true, max: 2000 })
  remedyText?: string | null;

  @LocalDate({ nullable: true, description: 'By when the remedy is done' })
  remedyBy?: string | null;

  @Flag({ optional: true })
  apology?: boolean;

  @ManyOf(REMEDIES_OPEN, {
    optional: true,
    description: 'The ways that are open to the complainant; all four before it is submitted (CMP20 19)',
  })
  remediesOpen?: RemedyOpen[];

  @OneOf(SEVERITIES, { optional: true, description: 'How much hangs on it; ordinary when left out' })
  severity?: Severity;
}

export class ApprovalNoteRequest {
  @Text({ nullable: true, max: 2000, description: 'Kept sealed' })
  note?: string | null;
}

export class DecisionReturnRequest {
  @Text({ max: 2000, description: 'What has to be changed; kept sealed' })
  reason!: string;
}

export class DecisionMoneyView {
  @Shown.text()
  readonly amount!: string;

  @Shown.text()
  readonly currency!: string;
}

export class BasisView {
  @Shown.oneOf(BASIS_KINDS)
  readonly kind!: (typeof BASIS_KINDS)[number];

  @Shown.text()
  readonly ref!: string;

  @Shown.text({ nullable: true })
  readonly text!: string | null;
}

export class VerdictView {
  @Shown.text()
  readonly by!: string;

  @Shown.oneOf(['approved', 'returned'])
  readonly verdict!: 'approved' | 'returned';

  @Shown.instant()
  readonly at!: string;

  @Shown.text({ nullable: true })
  readonly note!: string | null;
}

export class NeedView {
  @Shown.oneOf(APPROVER_ROLES)
  readonly role!: ApproverRole;

  @Shown.whole({ description: 'How many of them, each another person' })
  readonly approvers!: number;
}

export class DecisionView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.whole()
  readonly version!: number;

  @Shown.oneOf(DECISION_STATES)
  readonly state!: DecisionState;

  @Shown.oneOf(DECISION_OUTCOMES)
  readonly outcome!: Outcome;

  @Shown.text()
  readonly facts!: string;

  @Shown.list(() => BasisView)
  readonly basis!: readonly BasisView[];

  @Shown.text()
  readonly reasons!: string;

  @Shown.manyOf(REMEDY_KINDS)
  readonly remedyKinds!: readonly RemedyKind[];

  @Shown.nested(() => DecisionMoneyView, { nullable: true })
  readonly money!: DecisionMoneyView | null;

  @Shown.text({ nullable: true })
  readonly remedyText!: string | null;

  @Shown.localDate({ nullable: true })
  readonly remedyBy!: string | null;

  @Shown.flag()
  readonly apology!: boolean;

  @Shown.manyOf(REMEDIES_OPEN)
  readonly remediesOpen!: readonly RemedyOpen[];

  @Shown.oneOf(SEVERITIES)
  readonly severity!: Severity;

  @Shown.nested(() => NeedView, {
    nullable: true,
    description: 'Who has to approve it: of a draft as it stands, later as it was submitted; null: nobody',
  })
  readonly need!: NeedView | null;

  @Shown.whole({ nullable: true, description: 'Of the approval matrix; 0: the one that the product brings' })
  readonly matrixVersion!: number | null;

  @Shown.list(() => VerdictView)
  readonly verdicts!: readonly VerdictView[];

  @Shown.text()
  readonly draftedBy!: string;

  @Shown.instant()
  readonly draftedAt!: string;

  @Shown.text({ nullable: true })
  readonly submittedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly submittedAt!: string | null;

  @Shown.instant({ nullable: true, description: 'The instant of the decision: of its last approval' })
  readonly decidedAt!: string | null;

  @Shown.flag({ description: 'Whether the words are masked, for those who do not work on complaints' })
  readonly masked!: boolean;
}

export class DecisionList {
  @Shown.list(() => DecisionView, { description: 'The newest version first' })
  readonly items!: readonly DecisionView[];
}

export class DecisionAnswer {
  @Shown.flag({ description: 'Whether the complaint is decided with this' })
  readonly accepted!: boolean;

  @Shown.nested(() => ClockRejection, {
    nullable: true,
    description: 'Why not: it waits for approval (and whose), or the rules do not allow it',
  })
  readonly rejected!: ClockRejection | null;

  @Shown.nested(() => DecisionView)
  readonly decision!: DecisionView;
}
