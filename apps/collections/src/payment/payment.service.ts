import { Inject, Injectable } from '@nestjs/common';
import { Zone } from '#contact-rules';
import type { RowFault, Stored } from '#imports';
import { fromCents, toCents } from '#plan-rules';
import type { Tx } from '#pg';
import { PlanSettlement } from '../plan/plan-settlement.ts';
import { PromiseSettlement } from '../promise/promise-settlement.ts';
import { PaymentLedger } from './payment.ledger.ts';
import { paidInstant, type PaymentRow } from './payment-rows.ts';
import { PaymentStore, type BookedCase, type KnownPayment, type NewPayment } from './payment.store.ts';

export interface Booking {
  readonly institutionId: string;
  readonly by: string;
  readonly at: Date;
}

interface Placed extends NewPayment {
  readonly row: number;
}

/** Books what core banking says was paid, and settles the promises and plans of the cases. Whole batches at a time. */
@Injectable()
export class PaymentService {
  constructor(
    @Inject(PaymentStore) private readonly store: PaymentStore,
    @Inject(PaymentLedger) private readonly ledger: PaymentLedger,
    @Inject(PromiseSettlement) private readonly promises: PromiseSettlement,
    @Inject(PlanSettlement) private readonly plans: PlanSettlement,
  ) {}

  /** A payment that is known is not booked again, and never changed: one that says something else is a fault. */
  async book(tx: Tx, booking: Booking, rows: readonly PaymentRow[]): Promise<Stored & { faults: RowFault[] }> {
    if (rows.length === 0) return { inserted: 0, updated: 0, unchanged: 0, faults: [] };
    const { institutionId } = booking;
    const cases = new Map(
      (
        await this.store.lockCases(
          tx,
          institutionId,
          distinctOf(rows, ({ caseId }) => caseId),
        )
      ).map((one) => [one.caseId, one]),
    );
    const { placed, faults } = place(rows, cases, booking.at);
    const payments = await this.addAll(
      tx,
      booking,
      placed.filter(({ reversalOf }) => reversalOf === null),
    );
    // What a file pays and takes back is there before it is taken back.
    const reversals = await this.addAll(
      tx,
      booking,
      placed.filter(({ reversalOf }) => reversalOf !== null),
    );
    const touched = [...new Set([...payments.added, ...reversals.added].map(({ caseUuid }) => caseUuid))];
    if (touched.length > 0) {
      await this.store.takeBalances(tx, institutionId, touched);
      const net = await this.ledger.netOf(tx, institutionId, touched);
      await this.promises.settle(tx, institutionId, net, booking.at);
      await this.plans.settle(tx, institutionId, net, booking.at);
    }
    const inserted = payments.added.length + reversals.added.length;
    const unchanged = payments.unchanged + reversals.unchanged;
    return { inserted, updated: 0, unchanged, faults: [...faults, ...payments.faults, ...reversals.faults] };
  }

  /** Of payments, or of reversals once their payments are there. */
  private async addAll(
    tx: Tx,
    booking: Booking,
    placed: readonly Placed[],
  ): Promise<{ added: NewPayment[]; unchanged: number; faults: RowFault[] }> {
    const { institutionId } = booking;
    const mentioned = distinctOf(placed, ({ paymentId }) => paymentId).concat(
      placed.flatMap(({ reversalOf }) => (reversalOf === null ? [] : [reversalOf])),
    );
    const known = new Map((await this.store.known(tx, institutionId, mentioned)).map((one) => [one.paymentId, one]));
    const fresh = new Map<string, Placed>();
    const reversed = new Map<string, bigint>();
    const [repeats, faults]: [Placed[], RowFault[]] = [[], []];
    for (const one of placed) {
      if (known.has(one.paymentId) || fresh.has(one.paymentId)) repeats.push(one);
      else {
        const fault = reversalFault(one, known, reversed);
        if (fault) faults.push(fault);
        else fresh.set(one.paymentId, one);
      }
    }
    const added = await this.store.add(tx, institutionId, [...fresh.values()], booking);
    // Somebody else's file, on another case, may have had the same id meanwhile.
    const lost = [...fresh.values()].filter(({ paymentId }) => !added.has(paymentId));
    const there =
      lost.length === 0 ? known : new Map((await this.store.known(tx, institutionId, mentioned)).map((one) => [one.paymentId, one]));
    const again = [...repeats, ...lost].map((one) =>
      isSame(one, fresh.get(one.paymentId), there.get(one.paymentId)) ? null : conflict(one),
    );
    const conflicts = again.filter((fault) => fault !== null);
    return {
      added: [...fresh.values()].filter(({ paymentId }) => added.has(paymentId)),
      unchanged: again.length - conflicts.length,
      faults: [...faults, ...conflicts],
    };
  }
}

const distinctOf = <T>(rows: readonly T[], keyOf: (row: T) => string): string[] => [...new Set(rows.map(keyOf))];

function place(rows: readonly PaymentRow[], cases: ReadonlyMap<string, BookedCase>, now: Date): { placed: Placed[]; faults: RowFault[] } {
  const [placed, faults]: [Placed[], RowFault[]] = [[], []];
  for (const { cents, ...given } of rows) {
    const { row } = given;
    const found = cases.get(given.caseId);
    if (!found) {
      faults.push({ row, column: 'caseId', code: 'unknown-case', detail: 'caseId is not known; import `cases` first' });
      continue;
    }
    const { caseUuid, timeZone, currency } = found;
    const paidAt = paidInstant(given.paidAt, timeZone);
    if (currency !== given.currency)
      faults.push({ row, column: 'currency', code: 'other-currency', detail: `currency must be that of the case, ${currency}` });
    else if (paidAt.getTime() >= Zone.of(timeZone).nextDayStart(now.getTime()))
      faults.push({ row, column: 'paidAt', code: 'future', detail: 'paidAt must not be after today where the debtor is' });
    else {
      const { paymentId, reversalOf, balanceAfter } = given;
      const after = balanceAfter === null ? null : fromCents(toCents(balanceAfter) ?? 0n);
      placed.push({ row, paymentId, caseUuid, paidAt, amount: fromCents(cents), currency, reversalOf, balanceAfter: after });
    }
  }
  return { placed, faults };
}

/** Not more is taken back of a payment than was paid. */
function reversalFault(one: Placed, known: ReadonlyMap<string, KnownPayment>, reversed: Map<string, bigint>): RowFault | null {
  if (one.reversalOf === null) return null;
  const fault = (code: string, detail: string): RowFault => ({
    row: one.row,
    column: code === 'too-much' ? 'amount' : 'reversalOf',
    code,
    detail,
  });
  const original = known.get(one.reversalOf);
  if (!original || original.caseUuid !== one.caseUuid) return fault('unknown-payment', 'reversalOf is no payment on this case');
  if (original.reversalOf !== null) return fault('reversal', 'reversalOf is a reversal itself');
  const before = reversed.get(one.reversalOf) ?? toCents(original.reversed) ?? 0n;
  const after = before - (toCents(one.amount) ?? 0n);
  if (after > (toCents(original.amount) ?? 0n))
    return fault('too-much', `amount takes back more than is left of the payment, ${fromCents((toCents(original.amount) ?? 0n) - before)}`);
  reversed.set(one.reversalOf, after);
  return null;
}

function isSame(one: Placed, fresh: Placed | undefined, known: KnownPayment | undefined): boolean {
  const there: NewPayment | undefined = known ?? fresh;
  return (
    there !== undefined &&
    there.caseUuid === one.caseUuid &&
    there.paidAt.getTime() === one.paidAt.getTime() &&
    there.amount === one.amount &&
    there.currency === one.currency &&
    there.reversalOf === one.reversalOf &&
    there.balanceAfter === one.balanceAfter
  );
}

const conflict = ({ row }: Placed): RowFault => ({
  row,
  column: 'paymentId',
  code: 'conflict',
  detail: 'paymentId is known with other content; a payment is not changed: take it back with a reversal, and book another',
});
