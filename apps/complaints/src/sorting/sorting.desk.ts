import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { FORBIDDEN, NOT_FOUND, Refusal } from '#problem';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';

/** How a request about a complaint came. */
export interface ActOn {
  readonly principal: Principal;
  readonly complaintId: string;
  readonly idempotency: IdempotentRequest | null;
}

/** A write about the institution and no complaint: one at a time for each `lock`. */
export interface ActAlone {
  readonly principal: Principal;
  readonly lock: string;
  readonly idempotency: IdempotentRequest | null;
}

export interface Moment {
  readonly record: ComplaintRecord;
  readonly now: Date;
}

/** Who works for an agency has no part in sorting. Refuses with NOT_FOUND. */
export function bankOnly({ agencyId }: Principal): void {
  if (agencyId !== null) throw new Refusal(NOT_FOUND, { detail: 'There is nothing here for an agency.' });
}

/** The one shape of a write: lock, replay, now, then the work. */
@Injectable()
export class SortingDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ReadingService) private readonly reading: ReadingService,
  ) {}

  now(tx: Tx): Promise<Date> {
    return this.reading.now(tx);
  }

  /** Refuses with NOT_FOUND for an agency's people. */
  async read<T>(principal: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    bankOnly(principal);
    return inTransaction(this.database, principal, work);
  }

  /** For work of the worker's own, in one institution or all. */
  background<T>(work: (tx: Tx) => Promise<T>, institutionId: string = EVERY_INSTITUTION): Promise<T> {
    return inTransaction(this.database, { institutionId }, work);
  }

  /** Refuses with NOT_FOUND, RECUSED for who is complained of or stands near to it, IDEMPOTENCY_KEY_REUSED. */
  onComplaint<T>(
    { principal, complaintId, idempotency }: ActOn,
    work: (tx: Tx, moment: Moment) => Promise<string>,
    show: (tx: Tx, record: ComplaintRecord, resource: string) => Promise<T>,
  ): Promise<T> {
    const { institutionId } = principal;
    return this.read(principal, async (tx) => {
      const record = await this.reading.lock(tx, principal, complaintId);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return show(tx, record, claim.resource);
      const resource = await work(tx, { record, now: await this.now(tx) });
      await rememberResource(tx, institutionId, idempotency, resource);
      return show(tx, record, resource);
    });
  }

  /** Refuses with IDEMPOTENCY_KEY_REUSED. */
  alone<T>(
    { principal, lock, idempotency }: ActAlone,
    work: (tx: Tx, now: Date) => Promise<string>,
    show: (tx: Tx, resource: string) => Promise<T>,
  ): Promise<T> {
    const { institutionId } = principal;
    return this.read(principal, async (tx) => {
      await this.lock(tx, `${lock} ${institutionId}`);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return show(tx, claim.resource);
      const resource = await work(tx, await this.now(tx));
      await rememberResource(tx, institutionId, idempotency, resource);
      return show(tx, resource);
    });
  }

  /** Until the transaction ends, nobody else has the lock of this name. */
  async lock(tx: Tx, name: string): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 6))', [name]);
  }
}

/** Four eyes. Refuses with FORBIDDEN when one of those who prepared it is the one who approves. */
export function otherThan({ subject }: Principal, prepared: readonly (string | null)[], what: string): void {
  if (prepared.includes(subject))
    throw new Refusal(FORBIDDEN, { detail: `You prepared ${what}; somebody else approves it. Ask another person who may.` });
}
