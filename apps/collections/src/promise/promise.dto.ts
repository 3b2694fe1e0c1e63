import { Amount, LocalDate, OneOf, PageRequest, Shown, Text, type Page } from '#wire';
import { MoneyView } from '../case/case.dto.ts';

export const PROMISE_STATES = ['open', 'kept', 'broken', 'withdrawn'] as const;
export type PromiseState = (typeof PROMISE_STATES)[number];

export class PromiseRequest {
  @Amount({ description: 'In the currency of the case' })
  amount!: string;

  @LocalDate({ description: 'Where the debtor is; paid by the end of this day, the promise is kept' })
  dueOn!: string;

  @Text({ nullable: true, max: 2000, description: 'Kept sealed' })
  note?: string | null;
}

export class PromiseWithdrawalRequest {
  @Text({ max: 2000, description: 'Why; kept sealed' })
  reason!: string;
}

export class PromiseListRequest extends PageRequest {
  @OneOf(PROMISE_STATES, { optional: true })
  state?: PromiseState;
}

export class PromiseView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'The case, by the id given at import' })
  readonly caseId!: string;

  @Shown.uuid({ nullable: true, description: 'The contact in which it was made' })
  readonly attemptId!: string | null;

  @Shown.text({ nullable: true, description: 'Who had the case when it was made; null: the bank' })
  readonly agencyId!: string | null;

  @Shown.nested(() => MoneyView)
  readonly amount!: MoneyView;

  @Shown.nested(() => MoneyView, { description: 'What counts towards it of what was paid' })
  readonly paid!: MoneyView;

  @Shown.localDate()
  readonly dueOn!: string;

  @Shown.oneOf(PROMISE_STATES)
  readonly state!: PromiseState;

  @Shown.instant()
  readonly madeAt!: string;

  @Shown.text({ description: 'Who noted it' })
  readonly madeBy!: string;

  @Shown.instant({ description: 'From when it is broken unless kept: the day after `dueOn` and the grace' })
  readonly breaksAt!: string;

  @Shown.instant({ nullable: true, description: 'When it was kept, broken or withdrawn' })
  readonly settledAt!: string | null;

  @Shown.text({ nullable: true, description: 'Null also for roles that see masks' })
  readonly note!: string | null;
}

export class PromisePage implements Page<PromiseView> {
  @Shown.list(() => PromiseView)
  readonly items!: readonly PromiseView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
