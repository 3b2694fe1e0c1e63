import { Amount, Currency, InstantOrDate, PageRequest, Shown, Text, type Page } from '#wire';
import { MoneyView } from '../case/case.dto.ts';

export class PaymentRequest {
  @Text({ description: 'As core banking knows it; booked once' })
  paymentId!: string;

  @Text({ description: 'As given at import' })
  caseId!: string;

  @InstantOrDate({ description: 'An instant, or a day where the debtor is, which counts to its end', example: '2026-11-21T10:15:00+08:00' })
  paidAt!: string;

  @Amount({ description: 'Below 0 for a reversal' })
  amount!: string;

  @Currency()
  currency!: string;

  @Text({ nullable: true, description: 'The payment that this one takes back, in whole or in part' })
  reversalOf?: string | null;

  @Amount({ nullable: true, description: 'The balance of the case after it; left out: the next file of cases says it' })
  balanceAfter?: string | null;
}

export class PaymentListRequest extends PageRequest {}

export class PaymentView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly paymentId!: string;

  @Shown.text({ description: 'The case, by the id given at import' })
  readonly caseId!: string;

  @Shown.text({
    nullable: true,
    description: 'The agency that had the case when it was paid; of a reversal, when what it takes back was paid. Null: the bank',
  })
  readonly agencyId!: string | null;

  @Shown.instant()
  readonly paidAt!: string;

  @Shown.nested(() => MoneyView)
  readonly amount!: MoneyView;

  @Shown.text({ nullable: true })
  readonly reversalOf!: string | null;

  @Shown.nested(() => MoneyView, { description: 'What has been taken back of it' })
  readonly reversed!: MoneyView;

  @Shown.text({ nullable: true })
  readonly balanceAfter!: string | null;

  @Shown.instant({ description: 'When it became known here' })
  readonly bookedAt!: string;
}

export class PaymentPage implements Page<PaymentView> {
  @Shown.list(() => PaymentView)
  readonly items!: readonly PaymentView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}
