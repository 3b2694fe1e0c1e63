import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';

/** The one shape of a change to findings: replay check, work, view. What is changed locks its own rows. */
@Injectable()
export class FindingDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Carries the work out once per idempotency key, and shows what it made. Refuses with IDEMPOTENCY_KEY_REUSED, and as the work does. */
  async once<T>(
    principal: Principal,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx, now: Date) => Promise<string>,
    show: (tx: Tx, resource: string) => Promise<T>,
  ): Promise<T> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return show(tx, claim.resource);
      const resource = await work(tx, await this.now(tx));
      await rememberResource(tx, institutionId, idempotency, resource);
      return show(tx, resource);
    });
  }

  read<T>(principal: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.database, principal, work);
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }
}
