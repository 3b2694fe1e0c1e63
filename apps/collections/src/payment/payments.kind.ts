import { Inject, Injectable } from '@nestjs/common';
import { readRows, type BatchOutcome, type ImportKind, type ImportRecord } from '#imports';
import { databaseNow, type Tx } from '#pg';
import { Clock } from '#clock';
import type { TableBatch } from '#tabular';
import { PAYMENT_COLUMNS, readPaymentRow, type PaymentRow } from './payment-rows.ts';
import { PaymentService } from './payment.service.ts';

/** Files of `payments`: what core banking says was paid, and what was taken back. */
@Injectable()
export class PaymentsKind implements ImportKind {
  readonly columns = PAYMENT_COLUMNS;

  constructor(
    @Inject(PaymentService) private readonly payments: PaymentService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async storeBatch(tx: Tx, record: ImportRecord, batch: TableBatch): Promise<BatchOutcome> {
    const { institutionId, requestedBy: by } = record;
    const { good, faults } = readRows<PaymentRow>(batch.rows, (row) => readPaymentRow(row, record));
    const booked = await this.payments.book(tx, { institutionId, by, at: this.clock.override ?? (await databaseNow(tx)) }, good);
    return { ...booked, faults: [...faults, ...booked.faults] };
  }
}
