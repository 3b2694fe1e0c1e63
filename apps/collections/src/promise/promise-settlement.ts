import { Inject, Injectable } from '@nestjs/common';
import { fromCents, settlePromises, toCents, type Settled } from '#plan-rules';
import type { Tx } from '#pg';
import { ActService } from '../act/act.service.ts';
import type { NetPayment } from '../payment/payment.ledger.ts';
import { PromiseStore, type OpenPromise } from './promise.store.ts';

/** Who settles. */
const SYSTEM = 'system:repayment';

/** Says which promises were kept and which were broken: after payments, and once a day is over. */
@Injectable()
export class PromiseSettlement {
  constructor(
    @Inject(PromiseStore) private readonly store: PromiseStore,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /** Of the cases of the payments, whose rows the caller has locked. What was settled before is settled anew: a payment may have been taken back. */
  async settle(tx: Tx, institutionId: string, net: ReadonlyMap<string, readonly NetPayment[]>, now: Date): Promise<void> {
    const promises = await this.store.lockOf(tx, institutionId, [...net.keys()]);
    if (promises.length === 0) return;
    const before = new Map(promises.map((promise) => [promise.id, promise]));
    const changed = [...net].flatMap(([caseUuid, payments]) => {
      const own = promises.filter((one) => one.caseUuid === caseUuid);
      const [currency] = own.map((one) => one.currency);
      const counted = payments.filter((payment) => payment.currency === currency);
      const promised = own.map(({ id, amount, madeAt, breaksAt }) => ({
        id,
        cents: toCents(amount) ?? 0n,
        madeAt: madeAt.getTime(),
        breaksAt: breaksAt.getTime(),
      }));
      return settlePromises(promised, counted, now.getTime()).filter((one) => differs(one, before.get(one.id)));
    });
    if (changed.length === 0) return;
    const rows = changed.map(({ id, state, paid, at }) => ({ id, state, paid: fromCents(paid), at: at === null ? null : new Date(at) }));
    await this.store.settle(tx, rows);
    const acts = changed.flatMap(({ id, state, paid, at }) => {
      const promise = before.get(id);
      if (!promise || promise.state === state || state === 'open' || at === null) return [];
      const detail = { amount: promise.amount, paid: fromCents(paid), currency: promise.currency, dueOn: promise.dueOn };
      return [{ act: { action: `promise-${state}` as const, resource: id, caseUuid: promise.caseUuid, detail }, at: now }];
    });
    await this.acts.noteAll(tx, { institutionId, subject: SYSTEM, clientId: null }, acts);
  }

  /** Of every institution: what was due and has not come is broken. In pieces, of which each may be done twice; how many. */
  async breakDue(tx: Tx, now: Date): Promise<number> {
    return this.store.breakDue(tx, now, SYSTEM);
  }
}

const differs = ({ state, paid }: Settled, before: OpenPromise | undefined): boolean =>
  before !== undefined && (before.state !== state || toCents(before.paid) !== paid);
