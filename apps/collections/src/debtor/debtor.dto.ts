import { OneOf, PageRequest, Shown, Text, Texts, type Page } from '#wire';

const reason = { max: 2000, description: 'Why, in your words; kept sealed' } as const;
const evidence = { max: 500, description: 'What shows that they are one person, or two' } as const;

export const CHANGE_STATES = ['proposed', 'done', 'rejected'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

export class MergeRequest {
  @Text({ description: 'The record that ends; files that name it go to the other one from then on' })
  fromDebtorId!: string;

  @Text({ description: 'The record that goes on' })
  intoDebtorId!: string;

  @Text(reason)
  reason!: string;

  @Text(evidence)
  evidence!: string;
}

export class SplitRequest {
  @Text({ description: 'The record that two persons share' })
  debtorId!: string;

  @Text({ description: 'The record of the other person: a new id, or one that was merged into it' })
  newDebtorId!: string;

  @Texts({ minItems: 1, maxItems: 200, description: 'The cases that are the other person’s, by the ids given at import' })
  caseIds!: string[];

  @Text({ nullable: true, description: 'The other person’s name, for a new record' })
  name?: string | null;

  @Text({ nullable: true, max: 60 })
  idNumber?: string | null;

  @Text(reason)
  reason!: string;

  @Text(evidence)
  evidence!: string;
}

export class ChangeReasonRequest {
  @Text(reason)
  reason!: string;
}

export class ChangeListRequest extends PageRequest {
  @OneOf(CHANGE_STATES, { optional: true })
  state?: ChangeState;

  @Text({ optional: true, description: 'Those that touch this record' })
  debtorId?: string;
}

export class DebtorChangeView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(['merge', 'split'])
  readonly kind!: string;

  @Shown.text({ description: 'Merge: the record that ends. Split: the one that keeps the rest' })
  readonly fromDebtorId!: string;

  @Shown.text({ description: 'Merge: the record that goes on. Split: the one that gets the cases' })
  readonly toDebtorId!: string;

  @Shown.texts({ description: 'Of a split' })
  readonly caseIds!: readonly string[];

  @Shown.text()
  readonly reason!: string;

  @Shown.text()
  readonly evidence!: string;

  @Shown.oneOf(CHANGE_STATES)
  readonly state!: ChangeState;

  @Shown.text()
  readonly proposedBy!: string;

  @Shown.instant()
  readonly proposedAt!: string;

  @Shown.text({ nullable: true })
  readonly decidedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly decidedAt!: string | null;

  @Shown.free({ nullable: true, description: 'What was moved: cases, contacts, holds, optOuts' })
  readonly counts!: object | null;
}

export class DebtorChangePage implements Page<DebtorChangeView> {
  @Shown.list(() => DebtorChangeView)
  readonly items!: readonly DebtorChangeView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class DuplicateView {
  @Shown.texts({ description: 'Records with one identity number' })
  readonly debtorIds!: readonly string[];

  @Shown.whole({ description: 'Open cases of all of them' })
  readonly openCases!: number;
}

export class DuplicateListView {
  @Shown.list(() => DuplicateView, { description: '200 at most, those with the most open cases first' })
  readonly items!: readonly DuplicateView[];
}
