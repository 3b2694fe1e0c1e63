import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { Vault } from '#vault';
import { localDay } from './local-days.ts';
import { notFound, reaches } from './oversight.refusals.ts';
import { OversightStore, type OverseenAgency } from './oversight.store.ts';

export type { OverseenAgency } from './oversight.store.ts';

/** Who acts when a day passes. */
export const systemOf = (institutionId: string): Principal => ({
  subject: 'system:oversight',
  clientId: null,
  institutionId,
  agencyId: null,
  roles: [],
});

/** The one shape of every write of inspection, evaluation and sanction: replay check, work, view. */
@Injectable()
export class OversightDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(OversightStore) private readonly store: OversightStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Carries the work out once per idempotency key, and shows what it made. Refuses with IDEMPOTENCY_KEY_REUSED, and as the work does. */
  async write<T>(
    principal: Principal,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx) => Promise<string>,
    show: (tx: Tx, id: string) => Promise<T>,
  ): Promise<T> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return show(tx, claim.resource);
      const id = await work(tx);
      await rememberResource(tx, institutionId, idempotency, id);
      return show(tx, id);
    });
  }

  read<T>(principal: Pick<Principal, 'institutionId'>, work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.database, principal, work);
  }

  /** For clocks: what stands out in any institution. Nothing is changed in it. */
  readAll<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, work);
  }

  /** To be called when the locks are held. */
  async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }

  async today(tx: Tx): Promise<string> {
    return localDay(await this.now(tx));
  }

  /** Until the transaction ends nobody else plans for all agencies. */
  async lockPlan(tx: Tx, institutionId: string): Promise<void> {
    await this.store.lockAgency(tx, institutionId, '');
  }

  /** Until the transaction ends nobody else decides about the agency. Refuses with NOT_FOUND, also for another agency's. */
  async lockAgency(tx: Tx, principal: Principal, agencyId: string): Promise<OverseenAgency> {
    if (!reaches(principal, agencyId)) throw notFound('agency');
    await this.store.lockAgency(tx, principal.institutionId, agencyId);
    return this.agency(tx, principal, agencyId);
  }

  /** Refuses with NOT_FOUND, also for another agency's. */
  async agency(tx: Tx, principal: Principal, agencyId: string): Promise<OverseenAgency> {
    const found = reaches(principal, agencyId) ? await this.store.findAgency(tx, principal.institutionId, agencyId) : null;
    if (found === null) throw notFound('agency');
    return found;
  }

  agencies(tx: Tx, { institutionId, agencyId }: Pick<Principal, 'institutionId' | 'agencyId'>): Promise<OverseenAgency[]> {
    return this.store.agencies(tx, institutionId, agencyId);
  }

  institutions(tx: Tx): Promise<string[]> {
    return this.store.institutions(tx);
  }

  licenceUntil(tx: Tx, institutionId: string, agencyId: string): Promise<string | null> {
    return this.store.licenceUntil(tx, institutionId, agencyId);
  }

  toldAt(tx: Tx, institutionId: string, about: { readonly kind: string; readonly resource: string }): Promise<Date | null> {
    return this.store.toldAt(tx, institutionId, about);
  }

  seal(text: string, column: string): Buffer;
  seal(text: string | null | undefined, column: string): Buffer | null;
  seal(text: string | null | undefined, column: string): Buffer | null {
    return text === null || text === undefined ? null : this.vault.seal(text, column);
  }

  open(sealed: Buffer, column: string): string;
  open(sealed: Buffer | null, column: string): string | null;
  open(sealed: Buffer | null, column: string): string | null {
    return sealed === null ? null : this.vault.open(sealed, column);
  }
}
