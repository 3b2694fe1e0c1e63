import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import type { IdempotentRequest } from '#idempotency';
import { isFault } from '#imports';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { RepaymentDesk } from '../promise/repayment-desk.ts';
import { PAYMENT_COLUMNS, readPaymentRow } from './payment-rows.ts';
import type { PaymentListRequest, PaymentRequest, PaymentView } from './payment.dto.ts';
import { PAYMENT_KNOWN } from './payment.refusals.ts';
import { PaymentService } from './payment.service.ts';
import { PaymentStore, type PaymentRecord } from './payment.store.ts';

const DEFAULT_LIMIT = 50;

/** Payments one at a time, and as people see them. */
@Injectable()
export class PaymentDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(RepaymentDesk) private readonly desk: RepaymentDesk,
    @Inject(PaymentService) private readonly payments: PaymentService,
    @Inject(PaymentStore) private readonly store: PaymentStore,
  ) {}

  /** Books one, as a row of a file would; known with the same content, it is shown. Refuses with INVALID, PAYMENT_KNOWN, IDEMPOTENCY_KEY_REUSED. */
  book(principal: Principal, request: PaymentRequest, idempotency: IdempotentRequest | null): Promise<PaymentView> {
    const { institutionId, agencyId, subject } = principal;
    const cells: Readonly<Record<string, string | null | undefined>> = { ...request };
    const work = async (tx: Tx): Promise<string> => {
      const values = PAYMENT_COLUMNS.map(({ name }) => cells[name] ?? '');
      const row = readPaymentRow({ row: 0, values }, { institutionId, agencyId });
      const at = await this.desk.now(tx);
      const [fault] = isFault(row) ? [row] : (await this.payments.book(tx, { institutionId, by: subject, at }, [row])).faults;
      if (fault?.code === 'conflict') throw new Refusal(PAYMENT_KNOWN, { detail: fault.detail });
      if (fault) throw new Refusal(INVALID, { errors: [{ pointer: `/${fault.column ?? ''}`, detail: fault.detail }] });
      return request.paymentId;
    };
    return this.desk.once(principal, idempotency, work, async (tx, paymentId) => {
      const [known] = await this.store.known(tx, institutionId, [paymentId]);
      const found =
        known && (await this.store.list(tx, { institutionId, caseUuid: known.caseUuid, id: known.id, after: null, limit: 1 }))[0];
      if (!found) throw new Refusal(NOT_FOUND, { detail: 'There is no such payment here.' });
      return toView(found);
    });
  }

  /** Of a case, newest first. Refuses with NOT_FOUND, INVALID. */
  async list(principal: Principal, caseId: string, request: PaymentListRequest): Promise<Page<PaymentView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    return inTransaction(this.database, principal, async (tx) => {
      const { place } = await this.desk.caseOf(tx, principal, caseId);
      const rows = await this.store.list(tx, { institutionId: principal.institutionId, caseUuid: place.caseUuid, after, limit });
      return toPage(rows, limit, ({ id }) => id, toView);
    });
  }
}

function toView(row: PaymentRecord): PaymentView {
  const zone = Zone.of(row.timeZone);
  const { currency } = row;
  return {
    id: row.id,
    paymentId: row.paymentId,
    caseId: row.caseId,
    agencyId: row.agencyId,
    paidAt: zone.format(row.paidAt.getTime()),
    amount: { amount: row.amount, currency },
    reversalOf: row.reversalOf,
    reversed: { amount: row.reversed, currency },
    balanceAfter: row.balanceAfter,
    bookedAt: zone.format(row.bookedAt.getTime()),
  };
}
