import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { FORBIDDEN, NOT_FOUND, Refusal } from '#problem';
import { AllocationStore, type AllocationRecord } from './allocation.store.ts';

/** The one shape of every change to an allocation: replay check, work, what it is now. */
@Injectable()
export class AllocationDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(AllocationStore) private readonly store: AllocationStore,
  ) {}

  /** The work gives the id of what it made or changed. Refuses with FORBIDDEN for an agency's people, IDEMPOTENCY_KEY_REUSED. */
  async change<T>(
    principal: Principal,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx) => Promise<string>,
    show: (tx: Tx, id: string) => Promise<T>,
  ): Promise<T> {
    const { institutionId } = principal;
    return this.read(principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const id = claim?.resource ?? (await work(tx));
      if (claim === null) await rememberResource(tx, institutionId, idempotency, id);
      return show(tx, id);
    });
  }

  async read<T>(principal: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (principal.agencyId !== null) throw new Refusal(FORBIDDEN, { detail: 'Which agency gets which cases is the institution’s to say.' });
    return inTransaction(this.database, principal, work);
  }

  /** Refuses with NOT_FOUND. */
  async find(tx: Tx, { institutionId }: Principal, id: string): Promise<AllocationRecord> {
    return found(await this.store.find(tx, institutionId, id));
  }

  /** The same, and nobody else's until the transaction ends. Refuses with NOT_FOUND. */
  async take(tx: Tx, { institutionId }: Principal, id: string): Promise<AllocationRecord> {
    return found(await this.store.lock(tx, institutionId, id));
  }

  async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }
}

function found(record: AllocationRecord | null): AllocationRecord {
  if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such allocation here.' });
  return record;
}
