import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import { Zone } from '#contact-rules';
import { missedFrom, toCents } from '#plan-rules';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal, type FieldError } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { ActService } from '../act/act.service.ts';
import type { CasePlace } from '../case/case.service.ts';
import type { PromiseListRequest, PromiseRequest, PromiseView, PromiseWithdrawalRequest } from './promise.dto.ts';
import { PROMISE_OVER } from './promise.refusals.ts';
import { PromiseStore, type PromiseRecord } from './promise.store.ts';
import { RepaymentDesk } from './repayment-desk.ts';

const NOTE = 'promise.note';
const DEFAULT_LIMIT = 50;

/** A promise as another room makes it. */
export interface MadePromise {
  /** Our id of the case. */
  readonly caseUuid: string;
  /** The contact in which it was made. */
  readonly attemptId: string | null;
  readonly amount: string;
  readonly dueOn: string;
  readonly note: string | null;
}

/** What debtors promised to pay. */
@Injectable()
export class PromiseService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(RepaymentDesk) private readonly desk: RepaymentDesk,
    @Inject(PromiseStore) private readonly store: PromiseStore,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /**
   * For the outcome of a contact: notes a promise, in its transaction, and returns its id. `pointer` is where the promise stands in the request.
   * Refuses with NOT_FOUND (no such case here), INVALID (amount, day).
   */
  async make(tx: Tx, principal: Principal, promise: MadePromise, at: Date, pointer = '/promise'): Promise<string> {
    const { place, settings } = await this.desk.caseOf(tx, principal, promise.caseUuid);
    const errors = findings(promise, place, { at, longestDays: settings.promiseLongestDays }, pointer);
    if (errors.length > 0) throw new Refusal(INVALID, { errors });
    const { caseUuid, agencyId, currency, timeZone } = place;
    const { attemptId, amount, dueOn, note } = promise;
    const graceDays = settings.promiseGraceDays;
    const breaksAt = new Date(missedFrom(dueOn, graceDays, timeZone));
    const noteSealed = note ? this.vault.seal(note, NOTE) : null;
    const made = {
      caseUuid,
      attemptId,
      agencyId,
      amount,
      currency,
      dueOn,
      madeAt: at,
      madeBy: principal.subject,
      noteSealed,
      graceDays,
      breaksAt,
    };
    const id = await this.store.add(tx, principal.institutionId, made);
    const detail = { amount, currency, dueOn };
    await this.acts.note(tx, principal, { action: 'promise-made', resource: id, caseUuid, detail }, at);
    return id;
  }

  /** Notes a promise that was made otherwise than in a contact of ours. Refuses with NOT_FOUND, INVALID, IDEMPOTENCY_KEY_REUSED. */
  async note(
    principal: Principal,
    caseId: string,
    { amount, dueOn, note = null }: PromiseRequest,
    idempotency: IdempotentRequest | null,
    requestId: string,
  ): Promise<PromiseView> {
    const work = async (tx: Tx): Promise<string> => {
      const { place } = await this.desk.caseOf(tx, principal, caseId);
      return this.make(tx, principal, { caseUuid: place.caseUuid, attemptId: null, amount, dueOn, note }, await this.desk.now(tx), '');
    };
    return this.desk.once(principal, idempotency, work, (tx, id) => this.show(tx, principal, id, requestId));
  }

  /** The debtor took it back, or it was noted by mistake. Refuses with NOT_FOUND, PROMISE_OVER, IDEMPOTENCY_KEY_REUSED. */
  async withdraw(
    principal: Principal,
    id: string,
    { reason }: PromiseWithdrawalRequest,
    idempotency: IdempotentRequest | null,
    requestId: string,
  ): Promise<PromiseView> {
    const { institutionId, agencyId } = principal;
    const work = async (tx: Tx): Promise<string> => {
      const promise = await this.store.lock(tx, institutionId, id, agencyId);
      if (promise === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such promise here.' });
      if (promise.state !== 'open') throw new Refusal(PROMISE_OVER, { detail: `It is ${promise.state}.` });
      const now = await this.desk.now(tx);
      await this.store.withdraw(tx, id, now);
      await this.acts.note(tx, principal, { action: 'promise-withdrawn', resource: id, caseUuid: promise.caseUuid, reason }, now);
      return id;
    };
    return this.desk.once(principal, idempotency, work, (tx, made) => this.show(tx, principal, made, requestId));
  }

  /** Of one case, or of all that the caller may see; newest first. Refuses with NOT_FOUND, INVALID. */
  async list(principal: Principal, caseId: string | null, request: PromiseListRequest, requestId: string): Promise<Page<PromiseView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    const { institutionId, agencyId: entrustedTo } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const of = caseId === null ? {} : { caseUuid: (await this.desk.caseOf(tx, principal, caseId)).place.caseUuid };
      const rows = await this.store.list(tx, { institutionId, entrustedTo, ...of, state: request.state, after, limit });
      const page = toPage(
        rows,
        limit,
        ({ id }) => id,
        (row) => this.toView(row, principal),
      );
      await this.desk.noteShown(tx, principal, noted(page.items), requestId);
      return page;
    });
  }

  private async show(tx: Tx, principal: Principal, id: string, requestId: string): Promise<PromiseView> {
    const { institutionId, agencyId: entrustedTo } = principal;
    const [row] = await this.store.list(tx, { institutionId, entrustedTo, id, after: null, limit: 1 });
    if (!row) throw new Refusal(NOT_FOUND, { detail: 'There is no such promise here.' });
    const view = this.toView(row, principal);
    await this.desk.noteShown(tx, principal, noted([view]), requestId);
    return view;
  }

  private toView(row: PromiseRecord, principal: Principal): PromiseView {
    const zone = Zone.of(row.timeZone);
    const instant = (at: Date): string => zone.format(at.getTime());
    const { currency, noteSealed } = row;
    return {
      id: row.id,
      caseId: row.caseId,
      attemptId: row.attemptId,
      agencyId: row.agencyId,
      amount: { amount: row.amount, currency },
      paid: { amount: row.paid, currency },
      dueOn: row.dueOn,
      state: row.state,
      madeAt: instant(row.madeAt),
      madeBy: row.madeBy,
      breaksAt: instant(row.breaksAt),
      settledAt: row.settledAt && instant(row.settledAt),
      note: noteSealed !== null && this.desk.seesPersonalData(principal) ? this.vault.open(noteSealed, NOTE) : null,
    };
  }
}

const noted = (views: readonly PromiseView[]) => ({
  resource: 'promise',
  ids: views.filter(({ note }) => note !== null).map(({ id }) => id),
  fields: ['note'],
});

function findings(
  { amount, dueOn }: MadePromise,
  { timeZone, balance, currency }: CasePlace,
  { at, longestDays }: { readonly at: Date; readonly longestDays: number },
  pointer: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const cents = toCents(amount);
  const owed = toCents(balance) ?? 0n;
  if (cents === null) errors.push({ pointer: `${pointer}/amount`, detail: 'must have at most two decimals' });
  else if (cents <= 0n) errors.push({ pointer: `${pointer}/amount`, detail: 'must be more than 0' });
  else if (cents > owed)
    errors.push({ pointer: `${pointer}/amount`, detail: `must not be more than what is owed, ${balance} ${currency}` });
  const zone = Zone.of(timeZone);
  const dayOf = (days: number): string => zone.format(zone.addDays(at.getTime(), days)).slice(0, 10);
  const [today, last] = [dayOf(0), dayOf(longestDays)];
  if (dueOn < today) errors.push({ pointer: `${pointer}/dueOn`, detail: `must not be before today, ${today}` });
  else if (dueOn > last)
    errors.push({ pointer: `${pointer}/dueOn`, detail: `must not be after ${last}; for longer, agree on a repayment plan` });
  return errors;
}
